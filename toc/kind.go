package toc

// Kind is what an entry is, parsed once from the archive's text. An archive
// may hold kinds that this program has never heard of; they are KindOther and
// keep their text in [Entry.Desc].
type Kind uint8

// The kinds that some part of a restore treats in a way of its own.
const (
	KindOther Kind = iota
	KindACL
	KindACLLanguage // only PostgreSQL 7.4 wrote it
	KindAggregate
	KindBlob
	KindBlobComments // before 9.0
	KindBlobMetadata
	KindBlobs
	KindCast
	KindCheckConstraint
	KindCollation
	KindComment
	KindConstraint
	KindConversion
	KindDatabase
	KindDatabaseProperties
	KindDefault
	KindDefaultACL
	KindDomain
	KindEncoding
	KindEventTrigger
	KindExtension
	KindForeignDataWrapper
	KindForeignKey
	KindForeignTable
	KindFunction
	KindIndex
	KindIndexAttach
	KindInit // "<Init>", obsolete
	KindMaterializedView
	KindMaterializedViewData
	KindOperator
	KindOperatorClass
	KindOperatorFamily
	KindPolicy
	KindProceduralLanguage
	KindProcedure
	KindPropertyGraph
	KindPublication
	KindPublicationTable
	KindPublicationTablesInSchema
	KindRowSecurity
	KindRule
	KindSchema
	KindSearchPath
	KindSecurityLabel
	KindSequence
	KindSequenceOwnedBy
	KindSequenceSet
	KindServer
	KindStatistics
	KindStatisticsData
	KindStdStrings
	KindSubscription
	KindSubscriptionTable
	KindTable
	KindTableAttach
	KindTableData
	KindTextSearchConfiguration
	KindTextSearchDictionary
	KindTrigger
	KindType
	KindUserMapping
	KindView
	KindWarning
)

var kindNames = map[string]Kind{
	"ACL":                          KindACL,
	"ACL LANGUAGE":                 KindACLLanguage,
	"AGGREGATE":                    KindAggregate,
	"BLOB":                         KindBlob,
	"BLOB COMMENTS":                KindBlobComments,
	"BLOB METADATA":                KindBlobMetadata,
	"BLOBS":                        KindBlobs,
	"CAST":                         KindCast,
	"CHECK CONSTRAINT":             KindCheckConstraint,
	"COLLATION":                    KindCollation,
	"COMMENT":                      KindComment,
	"CONSTRAINT":                   KindConstraint,
	"CONVERSION":                   KindConversion,
	"DATABASE":                     KindDatabase,
	"DATABASE PROPERTIES":          KindDatabaseProperties,
	"DEFAULT":                      KindDefault,
	"DEFAULT ACL":                  KindDefaultACL,
	"DOMAIN":                       KindDomain,
	"ENCODING":                     KindEncoding,
	"EVENT TRIGGER":                KindEventTrigger,
	"EXTENSION":                    KindExtension,
	"FK CONSTRAINT":                KindForeignKey,
	"FOREIGN DATA WRAPPER":         KindForeignDataWrapper,
	"FOREIGN TABLE":                KindForeignTable,
	"FUNCTION":                     KindFunction,
	"INDEX":                        KindIndex,
	"INDEX ATTACH":                 KindIndexAttach,
	"<Init>":                       KindInit,
	"MATERIALIZED VIEW":            KindMaterializedView,
	"MATERIALIZED VIEW DATA":       KindMaterializedViewData,
	"OPERATOR":                     KindOperator,
	"OPERATOR CLASS":               KindOperatorClass,
	"OPERATOR FAMILY":              KindOperatorFamily,
	"POLICY":                       KindPolicy,
	"PROCEDURAL LANGUAGE":          KindProceduralLanguage,
	"PROCEDURE":                    KindProcedure,
	"PROPERTY GRAPH":               KindPropertyGraph,
	"PUBLICATION":                  KindPublication,
	"PUBLICATION TABLE":            KindPublicationTable,
	"PUBLICATION TABLES IN SCHEMA": KindPublicationTablesInSchema,
	"ROW SECURITY":                 KindRowSecurity,
	"RULE":                         KindRule,
	"SCHEMA":                       KindSchema,
	"SEARCHPATH":                   KindSearchPath,
	"SECURITY LABEL":               KindSecurityLabel,
	"SEQUENCE":                     KindSequence,
	"SEQUENCE OWNED BY":            KindSequenceOwnedBy,
	"SEQUENCE SET":                 KindSequenceSet,
	"SERVER":                       KindServer,
	"STATISTICS":                   KindStatistics,
	"STATISTICS DATA":              KindStatisticsData,
	"STDSTRINGS":                   KindStdStrings,
	"SUBSCRIPTION":                 KindSubscription,
	"SUBSCRIPTION TABLE":           KindSubscriptionTable,
	"TABLE":                        KindTable,
	"TABLE ATTACH":                 KindTableAttach,
	"TABLE DATA":                   KindTableData,
	"TEXT SEARCH CONFIGURATION":    KindTextSearchConfiguration,
	"TEXT SEARCH DICTIONARY":       KindTextSearchDictionary,
	"TRIGGER":                      KindTrigger,
	"TYPE":                         KindType,
	"USER MAPPING":                 KindUserMapping,
	"VIEW":                         KindView,
	"WARNING":                      KindWarning,
}

// ParseKind gives the kind that an archive spells desc.
func ParseKind(desc string) Kind { return kindNames[desc] }
