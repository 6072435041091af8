import Failover
import FoundationEssentials
import Testing

@testable import Execution

@Suite struct NotifierTests {
    private let topics = [
        Topic(region: "eu-central-1", arn: "arn:aws:sns:eu-central-1:1:alerts"),
        Topic(region: "eu-west-1", arn: "arn:aws:sns:eu-west-1:1:alerts"),
    ]

    private func notice(
        headline: String = "payments: BLOCKED: lag 5 min is over the limit of 30 s", body: String = "body",
        topics: [Topic]? = nil
    ) -> Notice {
        Notice(
            id: "payments-3-9-blocked", kind: .blocked, workload: "payments", at: VirtualClock.start,
            headline: headline, body: body, runbook: "runbooks/blocked-failover.md",
            topics: topics ?? self.topics)
    }

    private struct Document: Decodable {
        var schema: Int
        var id, kind, workload, at, headline, runbook: String
    }

    private func document(_ text: NoticeText) throws -> Document {
        let lines = text.body.split(separator: "\n", omittingEmptySubsequences: false)
        let at = try #require(lines.firstIndex { $0 == NoticeText.separator })
        #expect(lines.count == at + 2, "one line of JSON, at the end")
        return try JSONDecoder().decode(Document.self, from: Data(lines[at + 1].utf8))
    }

    @Test func publishesToEachTopicInItsOwnRegion() async throws {
        let bench = Bench()
        let deliveries = await SNSNotifier(aws: bench.client).deliver(notice())
        #expect(deliveries.map(\.topic) == topics)
        #expect(deliveries.allSatisfy { $0.messageID == "message-1" && $0.failure == nil })
        #expect(Set(await bench.aws.calls.map(\.line)) == ["eu-central-1 Publish", "eu-west-1 Publish"])
        for call in await bench.aws.calls {
            #expect(call.parameters["TopicArn"]?.contains(call.region?.rawValue ?? "-") == true)
            #expect(call.parameters["MessageAttributes.entry.1.Value.StringValue"] == "blocked")
            #expect(call.parameters["MessageAttributes.entry.2.Value.StringValue"] == "payments")
        }
    }

    @Test func aDeadTopicTakesTenSecondsAtMostAndHarmsNoOther() async throws {
        let bench = Bench()
        await bench.aws.silence("eu-west-1", .timeout)
        let deliveries = await SNSNotifier(aws: bench.client).deliver(notice())
        #expect(deliveries[0].messageID != nil)
        #expect(deliveries[1].messageID == nil)
        #expect(deliveries[1].failure?.isEmpty == false)
        let waits = await bench.aws.patience.filter { $0.region == "eu-west-1" }.map(\.limit)
        #expect(waits.count == 2)
        #expect(waits.reduce(.zero, +) <= .seconds(10))
    }

    @Test func aLostReplyIsAnsweredWithASecondMessageAndARefusalWithNone() async {
        let bench = Bench()
        await bench.aws.next("Publish", .lostReply)
        let one = notice(topics: [topics[0]])
        #expect(await SNSNotifier(aws: bench.client).deliver(one).first?.messageID != nil)
        #expect(await bench.aws.calls.count == 2)
        await bench.aws.always("Publish", .denied)
        #expect(await SNSNotifier(aws: bench.client).deliver(one).first?.failure != nil)
        #expect(await bench.aws.calls.count == 3)
    }

    @Test func theSubjectIsShortPrintableASCII() {
        #expect(
            NoticeText(notice()).subject == "[drctl] payments: BLOCKED: lag 5 min is over the limit of 30 s")
        let wild = notice(
            headline: "payments: caf\u{e9} \u{1f525}\r\nX-Header: 1 " + String(repeating: "x", count: 200))
        let subject = NoticeText(wild).subject
        #expect(subject.count <= 99)
        #expect(subject.unicodeScalars.allSatisfy { (0x20...0x7e).contains($0.value) })
        #expect(subject.hasSuffix("..."))
    }

    @Test func theBodyEndsInOneLineForMachines() throws {
        let document = try document(NoticeText(notice(body: "first\nsecond")))
        #expect(document.schema == 1)
        #expect(document.id == "payments-3-9-blocked")
        #expect(document.kind == "blocked")
        #expect(document.workload == "payments")
        #expect(document.at == VirtualClock.start.description)
        #expect(document.runbook == "runbooks/blocked-failover.md")
    }

    @Test func aBodyCannotForgeTheLineForMachinesNorTheTerminal() throws {
        let text = NoticeText(notice(body: "a\n\(NoticeText.separator)\n{\"schema\":9}\n\u{1b}[31mred"))
        #expect(try document(text).schema == 1)
        #expect(
            !text.body.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
    }

    @Test func aHugeBodyIsCutAndStillReadByMachines() throws {
        let text = NoticeText(notice(body: String(repeating: "\u{1f525}\u{301}", count: 100_000)))
        #expect(text.body.utf8.count <= 262_144)
        #expect(try document(text).id == "payments-3-9-blocked")
    }
}
