import AWS
import Failover
import HTTPTransport

/// PagerDuty's Events API v2: one alert a failover, opened, acknowledged and resolved by the same
/// `dedup_key`.
public struct PagerDutyChannel: Channel {
    public let type = "pagerduty"
    private let transport: any Transport
    private let routingKey: SecretFile
    private let url: String
    private let links: RunbookLinks

    enum Action: String {
        case trigger, acknowledge, resolve
    }

    struct Event: Equatable {
        var action: Action
        var key: String
    }

    /// `url`: Europe has `https://events.eu.pagerduty.com/v2/enqueue`.
    public init(transport: any Transport, routingKey: SecretFile, url: String, links: RunbookLinks) {
        self.transport = transport
        self.routingKey = routingKey
        self.url = url
        self.links = links
    }

    public func fault() -> String? { firstFault([routingKey]) }

    /// Every event, in order; the first that is not taken ends it.
    public func send(_ message: Bulletin, limit: Duration) async -> Attempted {
        do throws(SecretFile.Fault) {
            let key = try routingKey.read()
            let post = HTTPPost(transport, to: Secret(url), hiding: [key])
            for event in Self.events(for: message) {
                let attempted = await post.send(document(event, message, key), limit: limit)
                guard case .delivered = attempted else { return attempted }
            }
            return .delivered(nil)
        } catch {
            return .refused(error.text)
        }
    }

    static func events(for message: Bulletin) -> [Event] {
        switch message.stage {
        case .opens: return [Event(action: .trigger, key: message.incident)]
        case .underWay: return [Event(action: .acknowledge, key: message.incident)]
        case .ends: return ends(message)
        case .none where message.kind == "test":
            return [Event(action: .trigger, key: message.id), Event(action: .resolve, key: message.id)]
        // Proves the key and the way, and wakes nobody: PagerDuty takes it and has nothing to resolve.
        case .none where message.kind == "heartbeat": return [Event(action: .resolve, key: message.incident)]
        case .none: return []
        }
    }

    /// A failover that was given up has the number before this outage's: what it has opened ends with it.
    private static func ends(_ message: Bulletin) -> [Event] {
        var keys = [message.incident]
        if message.kind == Notice.Kind.cleared.rawValue, let number = message.failover, number > 1 {
            var before = message
            before.failover = number - 1
            keys.append(before.incident)
        }
        return keys.map { Event(action: .resolve, key: $0) }
    }

    private func document(_ event: Event, _ message: Bulletin, _ key: Secret) -> JSONValue {
        let isTrigger = event.action == .trigger
        let link = message.runbook.flatMap(links.url)
        return .object(present: [
            ("routing_key", .string(key.text)), ("event_action", .string(event.action.rawValue)),
            // 255 characters is PagerDuty's limit.
            ("dedup_key", .string(String(event.key.prefix(255)))),
            ("client", isTrigger ? .string("drctl") : nil),
            (
                "links",
                isTrigger
                    ? link.map { link in
                        .array([.object(present: [("href", .string(link)), ("text", .string("Runbook"))])])
                    } : nil
            ),
            ("payload", isTrigger ? payload(message) : nil),
        ])
    }

    private func payload(_ message: Bulletin) -> JSONValue {
        .object(present: [
            // 1,024 characters is PagerDuty's limit.
            ("summary", .string(String(message.headline.prefix(1024)))),
            ("source", .string("drctl")), ("severity", .string(message.urgency.rawValue)),
            ("timestamp", .string("\(message.at)")),
            ("component", message.workload.map { .string($0.rawValue) }),
            ("class", .string(message.kind)),
            (
                "custom_details",
                .object(present: [
                    ("id", .string(message.id)),
                    // An event has 512 KiB.
                    ("text", .string(String(message.text.prefix(20_000)))),
                    ("runbook", message.runbook.map { .string(links.place(of: $0)) }),
                ])
            ),
        ])
    }
}
