import Execution
import Failover
import Settings

/// Would they be told? Nothing is sent: `drctl notify test` does that.
struct NotifierChecks {
    let context: DoctorContext
    let standings: Standings

    var findings: [Finding] {
        guard let settings = context.configuration.notifications else { return [] }
        let notifiers = context.assembly.notifiers(maySpeak: { false }, report: { _ in }).all
        return notifiers.map(finding) + heartbeat(settings) + deadMan(settings)
    }

    private func finding(_ notifier: Notifier) -> Finding {
        let name = "notifier \(notifier.name)"
        let view = standings.service?.notifiers?.first { $0.name == notifier.name }
        if let trouble = view?.trouble {
            let count = view?.failed ?? 0
            return .warn(
                name,
                "\(trouble) (\(count) messages since its start). Try it: drctl notify test --notifier "
                    + notifier.name
            )
        }
        // The service has sent with it: whether we may read its files does not matter.
        if let at = view?.lastDeliveredAt {
            return .ok(
                name, "\(notifier.channel.type), \(view?.delivered ?? 0) messages taken, the last at \(at)")
        }
        if let fault = notifier.channel.fault() {
            let isElsewhere = fault.hasPrefix("systemd has given no credential")
            return isElsewhere && standings.service != nil
                ? .ok(
                    name,
                    "\(notifier.channel.type); its credential is the service's, which has sent nothing yet")
                : .fail(name, fault)
        }
        return .ok(name, "\(notifier.channel.type), nothing sent yet: drctl notify test tries it")
    }

    private func heartbeat(_ settings: NotificationSettings) -> [Finding] {
        guard let heartbeat = settings.heartbeat else {
            guard settings.deadMan == nil else { return [] }
            return [
                .warn(
                    "heartbeat",
                    "it is switched off and there is no dead_man: nobody would notice that drctl is gone. "
                        + "Switch it on under notifications.heartbeat")
            ]
        }
        guard let time = DailyTime(minute: heartbeat.minute, zone: heartbeat.zone) else {
            return [
                .fail("heartbeat", "this host does not know the time zone \(heartbeat.zone): install tzdata")
            ]
        }
        return [.ok("heartbeat", "the next one is due at \(time.next(after: context.clock.now()))")]
    }

    private func deadMan(_ settings: NotificationSettings) -> [Finding] {
        guard let deadMan = settings.deadMan else { return [] }
        if let fault = context.assembly.secretFile(deadMan.urlFile).fault, standings.service == nil {
            return [.fail("dead man", fault)]
        }
        return [.ok("dead man", "asked for each \(deadMan.every.text) while the service decides")]
    }
}
