import AWS
import Failover

/// Publishes notices to SNS topics, each in its own Region.
public struct SNSNotifier: Sendable {
    private let aws: AWSClient

    /// For each attempt. A topic in a dead Region must not delay the next failover's news.
    static let attemptLimit = Duration.seconds(5)
    static let attempts = 2

    public init(aws: AWSClient) {
        self.aws = aws
    }

    /// Tells every topic at once, beginning with the first, which is the surviving Region's. Takes 10 s at
    /// most, and returns one delivery a topic, in the notice's order.
    public func deliver(_ notice: Notice) async -> [Delivery] {
        let text = NoticeText(notice)
        return await deliver(
            Posting(
                subject: text.subject, body: text.body, id: notice.id, kind: notice.kind.rawValue,
                group: notice.workload.rawValue, workload: notice.workload), to: notice.topics)
    }

    /// The same for what is no notice.
    public func deliver(_ message: Bulletin, to topics: [Topic]) async -> [Delivery] {
        await deliver(
            Posting(
                subject: message.subject, body: message.text, id: message.id, kind: message.kind,
                group: message.workload?.rawValue ?? message.kind, workload: message.workload), to: topics)
    }

    private struct Posting {
        var subject: String
        var body: String
        var id: String
        var kind: String
        /// Of a FIFO topic: what keeps its order.
        var group: String
        var workload: WorkloadID?

        var attributes: [MessageAttribute] {
            [MessageAttribute(name: "kind", stringValue: kind)]
                + (workload.map { [MessageAttribute(name: "workload", stringValue: $0.rawValue)] } ?? [])
        }
    }

    private func deliver(_ posting: Posting, to topics: [Topic]) async -> [Delivery] {
        await concurrently(topics) { await publish(posting, to: $0) }
    }

    /// A lost reply is answered with a second message: told twice is better than not at all, and the id shows
    /// it.
    private func publish(_ posting: Posting, to topic: Topic) async -> Delivery {
        let isFIFO = topic.arn.hasSuffix(".fifo")
        let operation = Publish(
            topicArn: topic.arn, message: posting.body, subject: posting.subject,
            messageAttributes: posting.attributes,
            // 128 characters is SNS's limit for both.
            messageDeduplicationId: isFIFO ? String(posting.id.suffix(128)) : nil,
            messageGroupId: isFIFO ? posting.group : nil)
        let options = CallOptions(
            connectTimeout: .seconds(3), attemptTimeout: Self.attemptLimit, deadline: Self.attemptLimit,
            maxAttempts: 1)
        var failure = ""
        for _ in 1...Self.attempts {
            do throws(AWSError) {
                let output = try await aws.call(operation, region: topic.region.rawValue, options: options)
                return Delivery(topic: topic, messageID: output.messageId, failure: nil)
            } catch {
                failure = error.brief
                guard error.isPassing else { break }
            }
        }
        return Delivery(topic: topic, messageID: nil, failure: failure.oneLine())
    }
}
