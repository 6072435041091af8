import Failover

/// One host's side of the lease. A value without I/O: it says what to do next and is told what came of it.
///
/// All times are of this process's steady clock, and no clock is ever compared with another host's. The
/// holder counts from the moment when it *sent* its last renewal, and stops a margin early; the next one
/// counts from the moment when it first *saw* that renewal, and waits a margin longer. So the two never
/// overlap, however long a message took and whatever the wall clocks say.
public struct LeaseKeeper: Sendable {
    public let holder: String
    public let instance: String
    public let terms: LeaseTerms

    /// What stands in the store as far as is known, and when it was first seen there.
    private var sight: (record: LeaseRecord?, since: Timestamp)?
    /// Ours, and when its last renewal that is known to have worked was sent.
    private var held: (record: LeaseRecord, sentAt: Timestamp)?
    /// A replacement without an answer: it may have taken place.
    private var asked: (record: LeaseRecord, at: Timestamp)?
    /// Given up: no epoch up to this one is ever ours again, whatever is heard of it.
    private var barred = 0
    private var moveAt: Timestamp?
    /// Until then it is left to others: this host could not make use of it.
    private var standsBackUntil: Timestamp?
    /// How often another one's record was seen to change.
    private var signsOfLife = 0
    /// Something else stands there than was thought.
    private var mustRead = true

    public enum Move: Sendable, Equatable {
        case wait(until: Timestamp)
        case read
        case replace(LeaseRecord?, with: LeaseRecord)
    }

    /// `instance`: unique to this process.
    public init(holder: String, instance: String, terms: LeaseTerms) {
        self.holder = holder
        self.instance = instance
        self.terms = terms
    }

    /// Whether this process may act now. False after any pause that outlived the last renewal.
    public func isValid(at now: Timestamp) -> Bool { validUntil.map { now < $0 } ?? false }

    /// The epoch under which this process holds it; nil when it does not, or not any more.
    public func epoch(at now: Timestamp) -> Int? { isValid(at: now) ? held?.record.epoch : nil }

    public func view(at now: Timestamp) -> LeaseView {
        if let held, isValid(at: now) {
            return LeaseView(holder: holder, epoch: held.record.epoch, validUntil: validUntil)
        }
        let record = sight?.record
        // What has not changed for so long is held by nobody, or nobody can tell.
        let isTheirs = sight.flatMap(freeAt).map { now < $0 } ?? false
        return LeaseView(
            holder: isTheirs ? record?.holder ?? "" : "", epoch: record?.epoch ?? 0, validUntil: nil)
    }

    /// Whether another host has renewed it since this process looks: it is not merely what a dead one left.
    public var isHeldByTheLiving: Bool { signsOfLife > 0 && held == nil }

    private var validUntil: Timestamp? { held.map { $0.sentAt + terms.ttl - terms.margin } }

    // MARK: - What to do

    /// What to do now. A `replace` has to be followed by `sent` right before it is sent.
    public func move(at now: Timestamp) -> Move {
        if let moveAt, now < moveAt { return .wait(until: moveAt) }
        if asked != nil || mustRead { return .read }
        if let held {
            if !isValid(at: now), let standsBackUntil, now < standsBackUntil {
                return .wait(until: standsBackUntil)
            }
            // Once it has run out it is acquired anew, so that whatever is still under way is fenced off.
            return .replace(held.record, with: next(after: held.record, isRenewal: isValid(at: now), now))
        }
        guard let sight, !standsBack(at: now) else { return .read }
        return mayTake(sight, at: now)
            ? .replace(sight.record, with: next(after: sight.record, isRenewal: false, now)) : .read
    }

    private func standsBack(at now: Timestamp) -> Bool { standsBackUntil.map { now < $0 } ?? false }

    private func mayTake(_ sight: (record: LeaseRecord?, since: Timestamp), at now: Timestamp) -> Bool {
        freeAt(sight).map { now >= $0 } ?? true
    }

    /// When whoever holds it must have stopped; nil when nobody does.
    private func freeAt(_ sight: (record: LeaseRecord?, since: Timestamp)) -> Timestamp? {
        // One of ours that came late is nobody's: this process knows that it does not act on it.
        guard let record = sight.record, !record.isReleased, record.instance != instance else { return nil }
        if planted(.leasesByTheWallClock) { return record.renewedAt + record.ttl }
        return sight.since + max(record.ttl, terms.ttl) + terms.margin
    }

    private func next(after record: LeaseRecord?, isRenewal: Bool, _ now: Timestamp) -> LeaseRecord {
        LeaseRecord(
            holder: holder, instance: instance, epoch: (record?.epoch ?? 0) + (isRenewal ? 0 : 1),
            beat: (record?.beat ?? 0) + 1, ttl: terms.ttl, renewedAt: now)
    }

    /// What gives the lease back, so that the next one need not wait; nil when there is nothing to give
    /// back. Nothing may be under way any more. What stands there has to be known: after a renewal without
    /// an answer it is looked at first.
    public func release(at now: Timestamp) -> Move? {
        guard let held, isValid(at: now) else { return nil }
        if asked != nil || mustRead { return .read }
        var record = next(after: held.record, isRenewal: true, now)
        record.isReleased = true
        return .replace(held.record, with: record)
    }

    // MARK: - What came of it

    /// From `now` on a renewal counts, if it works.
    public mutating func sent(_ record: LeaseRecord, at now: Timestamp) { asked = (record, now) }

    /// The answer to the replacement: whether it took place.
    public mutating func heard(_ isReplaced: Bool, at now: Timestamp) {
        guard let sent = asked else { return }
        asked = nil
        moveAt = nil
        mustRead = !isReplaced
        guard isReplaced else { return }
        sight = (sent.record, now)
        guard sent.record.epoch > barred else {
            held = nil
            return
        }
        held = sent.record.isReleased ? nil : (sent.record, sent.at)
        moveAt = sent.at + terms.renewEvery
    }

    /// The answer to a read.
    public mutating func saw(_ record: LeaseRecord?, at now: Timestamp) {
        mustRead = false
        if let record, record.instance == instance, !record.isReleased, record.epoch > barred {
            if let asked, record == asked.record {
                held = (record, asked.at)
            } else if let held, held.record.epoch == record.epoch {
                // A renewal whose answer was given up has come after all: ours, but good for no longer.
                self.held = (record, held.sentAt)
            } else {
                held = nil
            }
        } else {
            held = nil
        }
        asked = nil
        let isUnchanged = sight.map { $0.record == record } ?? false
        if !isUnchanged {
            let isOthers = record.map { $0.instance != instance && !$0.isReleased } ?? false
            if isOthers, sight != nil { signsOfLife += 1 }
            sight = (record, now)
        }
        let nextLook = now + terms.renewEvery
        if let held {
            moveAt = held.sentAt + terms.renewEvery
        } else if standsBack(at: now) {
            moveAt = nextLook
        } else {
            // Somebody else's is looked at as often as it should change, and when it should be free.
            moveAt = sight.flatMap(freeAt).map { min($0, nextLook) }
        }
    }

    /// The store gave no answer.
    public mutating func heardNothing(at now: Timestamp) { moveAt = now + terms.retryAfter }

    /// The journal has refused this epoch, or it is not known what it holds: the lease is acquired anew,
    /// under a newer epoch, before this process may act again.
    public mutating func giveUp() {
        barred = max(barred, held?.record.epoch ?? 0, asked?.record.epoch ?? 0)
        held = nil
        mustRead = true
        moveAt = nil
    }

    /// The same, and others may have it first: until then it is looked at only.
    public mutating func standBack(until moment: Timestamp) {
        giveUp()
        wait(until: moment)
    }

    /// Until then it is not acquired.
    public mutating func wait(until moment: Timestamp) {
        standsBackUntil = standsBackUntil.map { max($0, moment) } ?? moment
    }
}
