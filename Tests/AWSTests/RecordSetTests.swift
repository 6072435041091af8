import Testing

@testable import AWS

@Suite("Record sets")
struct RecordSetTests {
    @Test(
        "what was read is written again member for member, so that a DELETE of it is accepted",
        arguments: [RecordExamples.weighted, RecordExamples.alias, RecordExamples.everything])
    func roundTrip(record: ResourceRecordSet) throws {
        let written = XMLWriter(root: "ResourceRecordSet", namespace: Route53ID.namespace) {
            record.encode(into: &$0)
        }
        let read = try ResourceRecordSet(XMLDocument.parse(Array(written.text.utf8)))
        #expect(read == record)
        #expect(read.unknownElements.isEmpty)
    }

    @Test("an element that is not known is named, since a DELETE would leave it out")
    func unknownElement() throws {
        let text = "<ResourceRecordSet><Name>a.</Name><Type>A</Type><Moon>full</Moon></ResourceRecordSet>"
        #expect(try ResourceRecordSet(XMLDocument.parse(Array(text.utf8))).unknownElements == ["Moon"])
    }

    @Test("an UPSERT may be sent twice, a CREATE or a DELETE may not")
    func kinds() {
        let upsert = RecordChange(.upsert, RecordExamples.alias)
        let create = RecordChange(.create, RecordExamples.alias)
        #expect(ChangeResourceRecordSets(hostedZoneId: "Z", changes: [upsert]).kind == .repeatableMutation)
        #expect(ChangeResourceRecordSets(hostedZoneId: "Z", changes: [upsert, create]).kind == .mutation)
    }

    @Test("the parameters of a change can be printed")
    func parameters() {
        let change = ChangeResourceRecordSets(
            hostedZoneId: "/hostedzone/Z1", changes: [RecordChange(.upsert, RecordExamples.alias)])
        let printed = change.parameters.map { "\($0.name)=\($0.value)" }
        #expect(printed.first == "Path=/hostedzone/Z1/rrset/")
        #expect(printed.contains("ChangeBatch.Changes.1.Action=UPSERT"))
        #expect(
            printed.contains("ChangeBatch.Changes.1.ResourceRecordSet.AliasTarget.EvaluateTargetHealth=true"))
    }
}
