// Package registry reads what registries of trials give out: the exports of the WHO's
// search portal, ICTRP, as XML and as tables, and the answers and tables of
// ClinicalTrials.gov.
//
//	ICTRP:               <Trials_downloaded_from_ICTRP><Trial><TrialID>…</TrialID> … </Trial> …
//	                     TrialID,Last Refreshed on,Public title,Scientific title, …
//	ClinicalTrials.gov:  {"studies": [{"protocolSection": {"identificationModule": {"nctId": …}}}, …], "nextPageToken": …}
//	                     NCT Number,Study Title,Study URL,Acronym,Study Status,Brief Summary, …
//
//	text ─▶ one trial at a time ─▶ members, elements or columns ─▶ fields.go ─▶ *Record
//
// Each entry of a registry becomes a record of the kind record.TrialRegister. Its title
// is the scientific (official) one, where there is one, and then the public (brief)
// one is the short title. It is dated by the day of its registration, at
// ClinicalTrials.gov by the day it was first posted. The registering numbers, those of
// other registers among them, are Registrations; the sponsor is the publisher, other
// sponsors and collaborators are contributors, principal investigators are
// investigators; conditions and interventions are keywords; type of study, phase and
// allocation are publication types. What was published of the trial's results is a
// relation of the kind "reported-in".
//
// An entry of ICTRP has no abstract: as Cochrane's register does, intervention,
// outcomes and criteria stand for one, each a section of its own.
//
// All else, and the whole of what the fields hold a part of, stands in Record.Extra:
// JSON under its path ("protocolSection.designModule.enrollmentInfo"), texts of XML and
// tables under the name of the element or column.
//
//   - The forms are those of the Study Data Structure of ClinicalTrials.gov's API,
//     version 2, of its table for download and of the one before (until 2023), and of the
//     portal's export. ICTRP's full export has no header: its 63 columns are known by
//     their order.
//   - ICTRP writes days as 31/01/2020, as 20200131 or in words; the first is never read
//     with the month in front unless it can only be so.
//
// The formats are only read: an entry is the registry's to write, and one that a
// program wrote would pass for it.
package registry
