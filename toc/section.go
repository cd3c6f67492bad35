package toc

// SectionBefore111 gives the section of an entry of an archive older than
// 1.11, which does not record it (ReadToc).
func SectionBefore111(k Kind) Section {
	switch k {
	case KindComment, KindACL, KindACLLanguage:
		return SectionNone
	case KindTableData, KindBlobs, KindBlobComments:
		return SectionData
	case KindConstraint, KindCheckConstraint, KindForeignKey, KindIndex, KindRule, KindTrigger:
		return SectionPostData
	default:
		return SectionPreData
	}
}
