import Failover

/// What one SQL session came to.
enum SQLOutcome: Sendable, Equatable {
    case answered(SQLReply)
    /// The server said no, with a SQLSTATE.
    case refused(state: String, message: String, at: SQLStage)
    /// The connection ended, or no TLS came about, or libpq would not go on.
    case broken(String, at: SQLStage)
    case overdue(Duration, at: SQLStage)
    /// This host could not even try, which says nothing about the other side.
    case couldNotTry(String)
    case cancelled
}

/// How far a session had come.
enum SQLStage: Sendable, Equatable {
    case connecting, reading, writing
}

/// The last statement's answer.
struct SQLReply: Sendable, Equatable {
    var inRecovery: Bool
    var position: String?
    /// By the clock of the server that wrote it. On a replica: the newest commit of anybody's that it has.
    var heartbeatAt: Timestamp?
    /// Which server it is, as it says itself.
    var server: String?
    /// From the first packet to the last.
    var took: Duration
}

extension SQLOutcome {
    /// As evidence of the server; nil when it is none.
    func answer(to task: SQLOrder.Task, now: Timestamp) -> SQLAnswer? {
        switch self {
        case .answered(let reply): reply.answer(to: task, now: now)
        case .refused(let state, let message, let stage):
            Self.refusal("\(state): \(message)", meaning: Self.meaning(of: state), at: stage)
        case .broken(let message, let stage):
            Self.meaning(ofWords: message).map { Self.refusal(message, meaning: $0, at: stage) }
        case .overdue(let limit, let stage):
            Self.refusal("no answer in \(limit.text)", meaning: .stalled, at: stage)
        case .couldNotTry, .cancelled: nil
        }
    }

    /// How far it came matters where that is what is wrong.
    private static func refusal(_ why: String, meaning: SQLAnswer.Outcome, at stage: SQLStage) -> SQLAnswer {
        SQLAnswer(outcome: meaning, detail: meaning == .stalled ? stage.what(why) : why)
    }

    /// By the class of the SQLSTATE (PostgreSQL's appendix A). What a server is short of, what an operator or
    /// a crash has interrupted, and what failed within it are its own trouble; whatever else it refuses
    /// us for a person must put right. Only some of that is between the server and our login alone.
    private static func meaning(of state: String) -> SQLAnswer.Outcome {
        switch state {
        case "25006": return .readOnly
        case "53300": return .crowded
        // Of its class only this one is about waiting.
        case "55P03": return .stalled
        // No right to the table. Others may have theirs.
        case "42501": return .turnedAway
        default: break
        }
        switch state.prefix(2) {
        // Connection, transaction rollback, resources, operator or time-out, system, internal.
        case "08", "40", "53", "57", "58", "XX": return .stalled
        case "28": return .turnedAway
        default: return .misconfigured
        }
    }

    /// libpq has no codes for what it finds by itself. Its words are English, since this program never sets
    /// another locale. Nil where they tell nothing of the server: no memory, no descriptors, no ports.
    private static func meaning(ofWords message: String) -> SQLAnswer.Outcome? {
        func says(_ words: [String]) -> Bool { words.contains { message.contains($0) } }
        if says(["certificate", "does not support SSL", "authentication", "password"]) {
            return .turnedAway
        }
        // With OpenSSL 3 a connection that was cut is an "SSL error" too.
        let cut = [
            "server closed the connection", "Connection refused", "Connection reset", "Connection timed out",
            "No route to host", "Broken pipe", "EOF detected", "unexpected eof",
        ]
        if says(cut) { return .stalled }
        return says(["SSL error"]) ? .turnedAway : nil
    }
}

extension SQLStage {
    fileprivate func what(_ why: String) -> String {
        switch self {
        case .connecting: "it accepts connections and opens no session: \(why)"
        case .reading: "a session opens, but a read is not answered: \(why)"
        case .writing: "reads are answered, but a write does not commit: \(why)"
        }
    }
}

extension SQLReply {
    fileprivate func answer(to task: SQLOrder.Task, now: Timestamp) -> SQLAnswer {
        let place = position.map { " at \($0)" } ?? ""
        switch task {
        case .readReplica:
            // Without a commit nothing is known of the lag; and what a promoted server has, nothing has
            // brought.
            let lag = inRecovery ? heartbeatAt.map { max(.zero, now - $0) } : nil
            let heartbeat = lag.map {
                LagSample(sampledAt: now, lagSeconds: $0.inSeconds, position: position)
            }
            let age = lag.map { ", newest commit \($0.text) old" } ?? ""
            let role = inRecovery ? "read in recovery" : "read as a writer"
            return SQLAnswer(
                outcome: .looked, detail: "\(role)\(place)\(age)", position: position, heartbeat: heartbeat)
        case .write, .readWriter:
            guard !inRecovery else {
                return SQLAnswer(
                    outcome: .readOnly, detail: "it is in recovery, as a replica is", position: position)
            }
            guard case .write = task else {
                return SQLAnswer(
                    outcome: .looked, detail: "read\(place) in \(took.text)", position: position,
                    server: server)
            }
            return SQLAnswer(
                outcome: .wrote, detail: "committed a write\(place) in \(took.text)", position: position,
                server: server)
        }
    }
}
