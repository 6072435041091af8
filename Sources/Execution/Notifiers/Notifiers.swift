import Failover

/// Everybody who is told besides SNS, side by side.
public struct Notifiers: Sendable {
    /// In the order of config.yaml.
    public let all: [Notifier]

    /// How long a notice waits for its notifiers before the journal is told. As long as for SNS.
    public static let patience = Duration.seconds(10)

    public init(_ all: [Notifier]) { self.all = all }

    /// One delivery a notifier, in order. What takes longer is told as a failure, and goes on.
    public func tell(_ message: Bulletin, patience: Duration = Notifiers.patience) async -> [Delivery] {
        await concurrently(all) { await $0.tell(message, patience: patience) }
    }

    public var views: [NotifierView] {
        get async {
            var views: [NotifierView] = []
            for notifier in all { views.append(await notifier.view) }
            return views
        }
    }

    public func stop() async {
        for notifier in all { await notifier.stop() }
    }
}
