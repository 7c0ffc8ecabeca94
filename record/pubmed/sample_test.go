package pubmed

// The same invented citation in both forms.
const sampleMEDLINE = `PMID- 90000001
OWN - NLM
STAT- MEDLINE
DCOM- 20120501
LR  - 20120601
IS  - 0000-0019 (Electronic)
VI  - 4
IP  - 2
DP  - 2012 Mar 4
TI  - Kites over toy villages: a randomised trial of paper & string.
PG  - 10-9
LID - 10.5555/kite.1 [doi]
AB  - BACKGROUND: Kites fall in weather of every kind, and nobody has asked why ropes of 
      paper hold. METHODS: We tied 120 kites to ropes of paper or of string (p < 0.05). 
      RESULTS: Fewer kites fell where ropes were of string. CONCLUSIONS: Ropes hold.
CI  - Copyright 2012 Invented Press.
FAU - Nimbus, Vera Q
AU  - Nimbus VQ
AUID- ORCID: 0000-0002-1825-0097
AD  - Kite Office, Papertown, Utopia.
FAU - Probe, Ben Jr
AU  - Probe B Jr
CN  - Invented Kite Study Group
LA  - eng
SI  - ClinicalTrials.gov/NCT00000001
GR  - K01 KT000001/KT/Kite Office/Utopia
PT  - Journal Article
PT  - Randomized Controlled Trial
DEP - 20120220
PL  - Utopia
TA  - J Inv Things
JT  - Journal of invented things
JID - 9000001
RN  - 0 (Glue)
SB  - IM
EIN - J Inv Things. 2013;5:1. PMID: 90000002
MH  - Humans
MH  - *Kites/methods/*trends
PMC - PMC9900001
OTO - NOTNLM
OT  - glue
OT  - rope
COIS- The authors sell kites.
EDAT- 2012/02/21 00:00
MHDA- 2012/05/01 00:00
CRDT- 2012/02/20 00:00
PHST- 2011/01/05 00:00 [received]
PHST- 2011/07/05 00:00 [accepted]
PHST- 2012/02/20 00:00 [entrez]
PHST- 2012/02/21 00:00 [pubmed]
PHST- 2012/05/01 00:00 [medline]
AID - S0000-11 [pii]
AID - 10.5555/kite.1 [doi]
PST - ppublish
SO  - J Inv Things. 2012 Mar 4;4(2):10-9. doi: 10.5555/kite.1.
`

const sampleXML = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_240101.dtd">
<PubmedArticleSet>
<PubmedArticle>
 <MedlineCitation Status="MEDLINE" Owner="NLM">
  <PMID Version="1">90000001</PMID>
  <DateCompleted><Year>2012</Year><Month>05</Month><Day>01</Day></DateCompleted>
  <DateRevised><Year>2012</Year><Month>06</Month><Day>01</Day></DateRevised>
  <Article PubModel="Print-Electronic">
   <Journal>
    <ISSN IssnType="Electronic">0000-0019</ISSN>
    <JournalIssue CitedMedium="Internet"><Volume>4</Volume><Issue>2</Issue><PubDate><Year>2012</Year><Month>Mar</Month><Day>04</Day></PubDate></JournalIssue>
    <Title>Journal of invented things</Title>
    <ISOAbbreviation>J Inv Things</ISOAbbreviation>
   </Journal>
   <ArticleTitle>Kites over <i>toy</i> villages: a randomised trial of paper &amp; string.</ArticleTitle>
   <Pagination><StartPage>10</StartPage><EndPage>19</EndPage><MedlinePgn>10-9</MedlinePgn></Pagination>
   <ELocationID EIdType="doi" ValidYN="Y">10.5555/kite.1</ELocationID>
   <Abstract>
    <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Kites fall in weather of every kind, and nobody has asked why ropes of paper hold.</AbstractText>
    <AbstractText Label="METHODS" NlmCategory="METHODS">We tied 120 kites to ropes of paper or of string (p &lt; 0.05).</AbstractText>
    <AbstractText Label="RESULTS" NlmCategory="RESULTS">Fewer kites fell where ropes were of string.</AbstractText>
    <AbstractText Label="CONCLUSIONS" NlmCategory="CONCLUSIONS">Ropes hold.</AbstractText>
    <CopyrightInformation>Copyright 2012 Invented Press.</CopyrightInformation>
   </Abstract>
   <AuthorList CompleteYN="Y">
    <Author ValidYN="Y"><LastName>Nimbus</LastName><ForeName>Vera Q</ForeName><Initials>VQ</Initials><Identifier Source="ORCID">0000-0002-1825-0097</Identifier><AffiliationInfo><Affiliation>Kite Office, Papertown, Utopia.</Affiliation></AffiliationInfo></Author>
    <Author ValidYN="Y"><LastName>Probe</LastName><ForeName>Ben</ForeName><Initials>B</Initials><Suffix>Jr</Suffix></Author>
    <Author ValidYN="Y"><CollectiveName>Invented Kite Study Group</CollectiveName></Author>
   </AuthorList>
   <Language>eng</Language>
   <DataBankList CompleteYN="Y"><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
   <GrantList CompleteYN="Y"><Grant><GrantID>K01 KT000001</GrantID><Acronym>KT</Acronym><Agency>Kite Office</Agency><Country>Utopia</Country></Grant></GrantList>
   <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
   <ArticleDate DateType="Electronic"><Year>2012</Year><Month>02</Month><Day>20</Day></ArticleDate>
  </Article>
  <MedlineJournalInfo><Country>Utopia</Country><MedlineTA>J Inv Things</MedlineTA><NlmUniqueID>9000001</NlmUniqueID></MedlineJournalInfo>
  <ChemicalList><Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="D000001">Glue</NameOfSubstance></Chemical></ChemicalList>
  <CitationSubset>IM</CitationSubset>
  <CommentsCorrectionsList><CommentsCorrections RefType="ErratumIn"><RefSource>J Inv Things. 2013;5:1.</RefSource><PMID Version="1">90000002</PMID></CommentsCorrections></CommentsCorrectionsList>
  <MeshHeadingList>
   <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
   <MeshHeading><DescriptorName UI="D000002" MajorTopicYN="Y">Kites</DescriptorName><QualifierName UI="Q000001" MajorTopicYN="N">methods</QualifierName><QualifierName UI="Q000002" MajorTopicYN="Y">trends</QualifierName></MeshHeading>
  </MeshHeadingList>
  <KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">glue</Keyword><Keyword MajorTopicYN="Y">rope</Keyword></KeywordList>
  <CoiStatement>The authors sell kites.</CoiStatement>
 </MedlineCitation>
 <PubmedData>
  <History>
   <PubMedPubDate PubStatus="received"><Year>2011</Year><Month>1</Month><Day>5</Day></PubMedPubDate>
   <PubMedPubDate PubStatus="accepted"><Year>2011</Year><Month>7</Month><Day>5</Day></PubMedPubDate>
   <PubMedPubDate PubStatus="entrez"><Year>2012</Year><Month>2</Month><Day>20</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate>
   <PubMedPubDate PubStatus="pubmed"><Year>2012</Year><Month>2</Month><Day>21</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate>
   <PubMedPubDate PubStatus="medline"><Year>2012</Year><Month>5</Month><Day>1</Day><Hour>6</Hour><Minute>0</Minute></PubMedPubDate>
  </History>
  <PublicationStatus>ppublish</PublicationStatus>
  <ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId><ArticleId IdType="pii">S0000-11</ArticleId><ArticleId IdType="doi">10.5555/kite.1</ArticleId><ArticleId IdType="pmc">PMC9900001</ArticleId></ArticleIdList>
  <ReferenceList><Reference><Citation>Probe B. Ropes. J Inv Things. 2001;1:1.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/rope.1</ArticleId><ArticleId IdType="pubmed">90000003</ArticleId></ArticleIdList></Reference></ReferenceList>
 </PubmedData>
</PubmedArticle>
</PubmedArticleSet>
`
