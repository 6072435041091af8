import Failover
import Testing

@testable import Execution

@Suite("A notifier's queue", .timeLimit(.minutes(1))) struct QueueTests {
    private let clock = ManualClock()
    private let channel = ChannelDouble()

    private func notifier(
        _ channel: (any Channel)? = nil, attempts: Int = 3, queue: Int = 64, leads: Bool = true
    ) -> Notifier {
        let clock = clock
        return Notifier(
            name: "pager", channel: channel ?? self.channel,
            terms: NotifierTerms(attempts: attempts, queueLimit: queue),
            surroundings: NotifierSurroundings(
                now: { clock.now }, sleep: { try await clock.sleep($0) }, maySpeak: { leads },
                report: { _ in }))
    }

    private func message(_ number: Int) -> Bulletin {
        var message = Bulletin.test(at: clock.now, by: "somebody")
        message.id = "m\(number)"
        return message
    }

    @Test("sends one at a time, in the order in which they came")
    func order() async {
        let notifier = notifier()
        channel.hold()
        let told = (1...3).map { number in
            Task { [message = message(number)] in await notifier.tell(message, patience: .seconds(10)) }
        }
        #expect(await eventually { await notifier.view.waiting == 3 && channel.seen.count == 1 })
        for _ in 0..<100 { await Task.yield() }
        #expect(channel.seen.count == 1, "the others wait")
        channel.release()
        for task in told { #expect(await task.value.failure == nil) }
        #expect(Set(channel.seen.map(\.id)) == ["m1", "m2", "m3"])
        #expect(await notifier.view.delivered == 3)
    }

    @Test("keeps the pause that the other side asks for, and its own otherwise, and no longer than it may")
    func pauses() async {
        let notifier = notifier(attempts: 4)
        channel.next(
            .failed("busy", after: .seconds(7)), .failed("down"), .failed("busy", after: .seconds(900)))
        async let delivery = notifier.tell(message(1), patience: .seconds(600))
        for (attempt, pause) in [Duration.seconds(7), .seconds(2), .seconds(30)].enumerated() {
            #expect(
                await eventually {
                    channel.seen.count == attempt + 1 && clock.nextDue == clock.now + pause
                })
            clock.advance(pause)
        }
        #expect(await delivery.failure == nil)
        #expect(await notifier.view.failed == 0, "one message, taken in the end")
    }

    @Test("gives up after its attempts, at once when trying again does not help, and says why")
    func givesUp() async {
        let notifier = notifier(attempts: 1)
        channel.next(.failed("down"), .refused("no such channel"))
        #expect(await notifier.tell(message(1), patience: .seconds(10)).failure == "down")
        #expect(await notifier.tell(message(2), patience: .seconds(10)).failure == "no such channel")
        let view = await notifier.view
        #expect(view.failed == 2 && view.failure == "no such channel" && view.lastFailedAt == clock.now)
        #expect(await notifier.tell(message(3), patience: .seconds(10)).failure == nil)
        #expect(await notifier.view.trouble == nil, "it works again")
    }

    @Test("who waits is told after his patience; the message goes on, and is not sent twice")
    func patience() async {
        let notifier = notifier()
        channel.hold()
        async let first = notifier.tell(message(1), patience: .seconds(3))
        #expect(await eventually { clock.sleepers == 2 })
        clock.advance(.seconds(3))
        #expect(await first.failure == "still being tried after 3.0 s")
        async let second = notifier.tell(message(1), patience: .seconds(3))
        #expect(await eventually { clock.sleepers == 2 })
        channel.release()
        #expect(await second.failure == nil)
        #expect(await notifier.tell(message(1), patience: .seconds(3)).failure == nil)
        #expect(channel.seen.count == 1)
    }

    @Test("a channel that never ends costs its own time alone, and the next message is tried")
    func hangs() async {
        let notifier = notifier(attempts: 1)
        channel.hold()
        async let first = notifier.tell(message(1), patience: .seconds(600))
        #expect(await eventually { clock.sleepers == 2 && channel.seen.count == 1 })
        clock.advance(.seconds(11))
        #expect(await first.failure == "no end within 10 s")
        channel.release()
        #expect(await notifier.tell(message(2), patience: .seconds(10)).failure == nil)
    }

    @Test("drops the oldest when too many wait, counts them, and the next reader is told")
    func drops() async {
        let notifier = notifier(queue: 3)
        channel.hold()
        var told: [Task<Delivery, Never>] = []
        for number in 1...5 {
            told.append(
                Task { [message = message(number)] in await notifier.tell(message, patience: .seconds(60)) })
            let expected = min(number, 3)
            let dropped = max(0, number - 3)
            #expect(
                await eventually {
                    let view = await notifier.view
                    return view.waiting == expected && view.dropped == dropped
                })
        }
        #expect(await told[1].value.failure?.contains("dropped") == true)
        #expect(await told[2].value.failure?.contains("dropped") == true)
        #expect(await notifier.view.trouble == "2 messages were dropped, too many waited")
        channel.release()
        for place in [0, 3, 4] { #expect(await told[place].value.failure == nil) }
        #expect(channel.seen.map(\.id) == ["m1", "m4", "m5"])
        #expect(channel.seen[1].text.contains("2 earlier messages were dropped"))
        #expect(!channel.seen[2].text.contains("dropped"), "said once")
    }

    @Test("a host that does not lead any more says nothing")
    func deposed() async {
        let notifier = notifier(leads: false)
        #expect(await notifier.tell(message(1), patience: .seconds(10)).failure?.contains("not lead") == true)
        #expect(channel.seen.isEmpty)
    }

    @Test("one that hangs delays no other")
    func sideBySide() async {
        let stuck = ChannelDouble()
        stuck.hold()
        let notifiers = Notifiers([notifier(stuck), notifier()])
        let channel = channel
        async let told = notifiers.tell(message(1), patience: .seconds(5))
        #expect(await eventually { !channel.seen.isEmpty && clock.sleepers >= 2 })
        clock.advance(.seconds(5))
        let deliveries = await told
        #expect(deliveries.map { $0.failure == nil } == [false, true])
        #expect(deliveries.allSatisfy { $0.notifier == "pager" })
        stuck.release()
    }

    @Test("stopping settles what waits")
    func stops() async {
        let notifier = notifier()
        channel.hold()
        async let told = notifier.tell(message(1), patience: .seconds(60))
        #expect(await eventually { await notifier.view.waiting == 1 })
        await notifier.stop()
        #expect(await told.failure == "drctl stops")
        channel.release()
    }
}
