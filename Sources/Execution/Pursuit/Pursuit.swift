import AWS
import Failover

/// Brings one effect about: looks first, acts at most once for each time that nothing of it is to be seen,
/// and looks until it is there or the time is up. No call is ever repeated blindly.
struct Pursuit<E: Effect> {
    let effect: E
    let trial: Trial

    private(set) var stage: Stage
    private var receipt: E.Receipt?
    /// Since when every look has shown nothing of it; nil after a sign of it.
    private var quietSince: Timestamp?
    /// A sign was seen: whatever is not ours is not begun a second time on one look that shows nothing.
    private var hasSeenSigns = false
    private var verdict: (kind: Verdict, streak: Int)?
    private var failuresInARow = 0
    private var refusals = 0
    /// The last look's or the last call's words.
    private var news = "nothing was seen yet"

    private enum Verdict {
        case done, unneeded, refuse
    }

    /// A call with less time left would end with an open outcome more often than not.
    static var leastTimeToAct: Duration { .seconds(1) }

    /// `inDoubt`: an earlier try may have acted.
    init(_ effect: E, _ trial: Trial, inDoubt: Bool) {
        self.effect = effect
        self.trial = trial
        stage = inDoubt ? .inDoubt : .untouched
    }

    mutating func run() async -> Ending<E.Receipt> {
        while trial.remaining > .zero {
            if let ending = await round() { return ending }
            do {
                try await trial.context.sleep(min(pause, max(trial.remaining, .zero)))
            } catch {
                return failed("\(effect.what) was given up from outside", retryable: true)
            }
        }
        let stop = news.hasSuffix(".") ? "" : "."
        return failed("\(effect.what) is not done in time: \(news)\(stop) \(effect.advice)", retryable: true)
    }

    /// Grows while AWS does not answer or asks for fewer requests, so that we do not add to its trouble.
    private var pause: Duration {
        let every = trial.context.pollEvery
        if planted(.retriesWithoutPause) { return .milliseconds(1) }
        guard failuresInARow > 1 else { return every }
        return max(every, min(.seconds(30), every * (1 << min(failuresInARow - 1, 5))))
    }

    private mutating func round() async -> Ending<E.Receipt>? {
        let sighting: Sighting<E.Ground>
        do throws(AWSError) {
            sighting = try await effect.look(trial, stage)
            failuresInARow = 0
        } catch {
            return blind(error)
        }
        news = sighting.text
        switch sighting {
        case .done(let text): return confirmed(.done) ? .done(text, receipt) : nil
        case .unneeded(let text): return confirmed(.unneeded) ? .unneeded(text) : nil
        case .refuse(let text):
            guard confirmed(.refuse) else { return nil }
            return failed("\(effect.what) is refused: \(text)", retryable: false)
        case .underWay, .wait:
            verdict = nil
            quietSince = nil
            if case .underWay = sighting { hasSeenSigns = true }
            return nil
        case .notYet(_, let ground):
            verdict = nil
            return mayBegin() ? await act(on: ground) : nil
        }
    }

    private mutating func confirmed(_ kind: Verdict) -> Bool {
        if kind == .done { hasSeenSigns = true }
        quietSince = nil
        let streak = verdict?.kind == kind ? (verdict?.streak ?? 0) + 1 : 1
        verdict = (kind, streak)
        // Views lag, but they do not run ahead: what AWS has accepted and one look shows is there.
        return streak >= (kind == .done && stage.isAccepted ? 1 : effect.confirmations)
    }

    /// Called when a look has shown nothing.
    private mutating func mayBegin() -> Bool {
        if stage.isAccepted { return false }
        if stage == .untouched && !hasSeenSigns { return true }
        if effect.isRepeatable || planted(.promotesWithoutLooking) { return true }
        let now = trial.context.now()
        let since = quietSince ?? now
        quietSince = since
        return now - since >= trial.context.settleTime
    }

    private mutating func act(on ground: E.Ground) async -> Ending<E.Receipt>? {
        // What was in doubt has been seen not to have happened.
        if !effect.isRepeatable { stage = .untouched }
        hasSeenSigns = false
        quietSince = nil
        guard await trial.context.mayAct() else {
            return failed(
                "\(effect.what) was not begun: this controller may not act, its lease or lock is not "
                    + "held any more",
                retryable: true)
        }
        guard trial.remaining >= Self.leastTimeToAct else {
            news = "too little time was left to begin"
            return nil
        }
        do throws(AWSError) {
            receipt = try await effect.act(on: ground, trial)
            stage = .accepted(at: trial.context.now())
            failuresInARow = 0
            news = "AWS has accepted it, and nothing of it is to be seen yet"
            return effect.doneOnceAccepted.map { .done($0, receipt) }
        } catch {
            return rejected(error)
        }
    }

    /// A call that changes something has failed.
    private mutating func rejected(_ error: AWSError) -> Ending<E.Receipt>? {
        news = error.brief
        if error.kind == .cancelled {
            if error.outcome == .unknown { stage = .inDoubt }
            return failed("\(effect.what) was given up from outside", retryable: true)
        }
        if error.outcome == .unknown {
            failuresInARow += 1
            stage = .inDoubt
            return nil
        }
        if effect.isPassingRefusal(error), refusals + 1 < effect.refusalLimit {
            refusals += 1
            stage = .inDoubt
            return nil
        }
        guard error.isPassing else { return failed(error.description, retryable: false) }
        failuresInARow += 1
        return nil
    }

    /// A look has failed.
    private mutating func blind(_ error: AWSError) -> Ending<E.Receipt>? {
        failuresInARow += 1
        news = error.isSilence ? "\(effect.place) gives no answer (\(error.brief))" : error.brief
        if error.kind == .cancelled {
            return failed("\(effect.what) was given up from outside", retryable: true)
        }
        return error.isPassing ? nil : failed(error.description, retryable: false)
    }

    private func failed(_ detail: String, retryable: Bool) -> Ending<E.Receipt> {
        .failed(.init(detail: detail, retryable: retryable, mayHaveHappened: stage != .untouched))
    }
}
