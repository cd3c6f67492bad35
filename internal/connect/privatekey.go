package connect

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"hash"
)

// parsePrivateKey reads a key in PEM or, failing that, DER. passphrase is
// called if it is encrypted.
func parsePrivateKey(text []byte, passphrase func() (string, error)) (any, error) {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
			//lint:ignore SA1019 the format is weak, but it is what the file has
			if !x509.IsEncryptedPEMBlock(block) {
				return parseKeyDER(block.Bytes)
			}
			p, err := passphrase()
			if err != nil {
				return nil, err
			}
			//lint:ignore SA1019 see above
			der, err := x509.DecryptPEMBlock(block, []byte(p))
			if err != nil {
				return nil, errBadDecrypt
			}
			return parseKeyDER(der)
		case "ENCRYPTED PRIVATE KEY":
			p, err := passphrase()
			if err != nil {
				return nil, err
			}
			der, err := decryptPKCS8(block.Bytes, p)
			if err != nil {
				return nil, err
			}
			return parseKeyDER(der)
		}
	}
	if key, err := parseKeyDER(text); err == nil {
		return key, nil
	}
	return nil, errors.New("unsupported")
}

var errBadDecrypt = errors.New("bad decrypt")

func parseKeyDER(der []byte) (any, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errors.New("unsupported")
}

// The structures of RFC 5958 and RFC 8018 (PBES2 with PBKDF2), which is how
// OpenSSL encrypts keys by default.
type (
	encryptedPrivateKeyInfo struct {
		Algorithm pkix.AlgorithmIdentifier
		Data      []byte
	}
	pbes2Params struct {
		KeyDerivation pkix.AlgorithmIdentifier
		Cipher        pkix.AlgorithmIdentifier
	}
	pbkdf2Params struct {
		Salt       []byte
		Iterations int
		KeyLength  int                      `asn1:"optional"`
		PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
	}
)

var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}

	hashesByOID = map[string]func() hash.Hash{
		"":                    sha1.New, // the default
		"1.2.840.113549.2.7":  sha1.New,
		"1.2.840.113549.2.8":  sha256.New224,
		"1.2.840.113549.2.9":  sha256.New,
		"1.2.840.113549.2.10": sha512.New384,
		"1.2.840.113549.2.11": sha512.New,
	}
	ciphersByOID = map[string]struct {
		keyBytes int
		open     func(key []byte) (cipher.Block, error)
	}{
		"2.16.840.1.101.3.4.1.2":  {16, aes.NewCipher},
		"2.16.840.1.101.3.4.1.22": {24, aes.NewCipher},
		"2.16.840.1.101.3.4.1.42": {32, aes.NewCipher},
		"1.2.840.113549.3.7":      {24, des.NewTripleDESCipher},
	}
)

// decryptPKCS8 decrypts the content of an ENCRYPTED PRIVATE KEY block.
func decryptPKCS8(der []byte, passphrase string) ([]byte, error) {
	var (
		info  encryptedPrivateKeyInfo
		pbes2 pbes2Params
		kdf   pbkdf2Params
		iv    []byte
	)
	if _, err := asn1.Unmarshal(der, &info); err != nil || !info.Algorithm.Algorithm.Equal(oidPBES2) {
		return nil, errors.New("unsupported")
	}
	if _, err := asn1.Unmarshal(info.Algorithm.Parameters.FullBytes, &pbes2); err != nil || !pbes2.KeyDerivation.Algorithm.Equal(oidPBKDF2) {
		return nil, errors.New("unsupported")
	}
	if _, err := asn1.Unmarshal(pbes2.KeyDerivation.Parameters.FullBytes, &kdf); err != nil {
		return nil, errors.New("unsupported")
	}
	prf := ""
	if kdf.PRF.Algorithm != nil {
		prf = kdf.PRF.Algorithm.String()
	}
	newHash, known := hashesByOID[prf]
	c, knownCipher := ciphersByOID[pbes2.Cipher.Algorithm.String()]
	if _, err := asn1.Unmarshal(pbes2.Cipher.Parameters.FullBytes, &iv); err != nil || !known || !knownCipher {
		return nil, errors.New("unsupported")
	}

	key, err := pbkdf2.Key(newHash, passphrase, kdf.Salt, kdf.Iterations, c.keyBytes)
	if err != nil {
		return nil, err
	}
	block, err := c.open(key)
	if err != nil {
		return nil, err
	}
	if len(iv) != block.BlockSize() || len(info.Data) == 0 || len(info.Data)%block.BlockSize() != 0 {
		return nil, errBadDecrypt
	}
	plain := make([]byte, len(info.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, info.Data)

	padding := int(plain[len(plain)-1])
	if padding == 0 || padding > block.BlockSize() {
		return nil, errBadDecrypt
	}
	return plain[:len(plain)-padding], nil
}
