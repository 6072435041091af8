import Failover

extension MetricsText {
    func notifiers(_ page: inout Exposition) {
        let views = status.notifiers ?? []
        func names(_ view: NotifierView) -> [(String, String)] {
            [("notifier", view.name), ("type", view.type)]
        }
        page.family(
            "drctl_notifier_failing", .gauge,
            "Whether the newest message was not taken, or some were dropped.",
            views.map { (names($0), $0.trouble == nil ? 0 : 1) })
        page.family(
            "drctl_notifier_messages_total", .counter, "Messages to people by what became of them.",
            views.flatMap { view -> [Exposition.Sample] in
                [("delivered", view.delivered), ("failed", view.failed), ("dropped", view.dropped)]
                    .map { outcome, count in
                        ([("notifier", view.name), ("outcome", outcome)], Double(count))
                    }
            })
    }
}
