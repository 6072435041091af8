import AWS
import Failover
import HTTPTransport

/// Why an errand to AWS has no answer.
struct Unanswered: Error, Sendable, Equatable {
    var reason: UnknownReason
    var detail: String

    /// Long enough for AWS's words and ours; a body quoted in an error must not fill the journal.
    static let maxDetail = 300

    init(_ reason: UnknownReason, _ detail: String) {
        self.reason = reason
        self.detail = detail.count > Self.maxDetail ? String(detail.prefix(Self.maxDetail)) + "…" : detail
    }

    init(_ error: AWSError) {
        self.init(Self.reason(error.kind), error.brief)
    }

    /// What the lack of an answer may mean. Only *silent* may count against a database, so whatever can be
    /// our own fault is something else.
    private static func reason(_ kind: AWSError.Kind) -> UnknownReason {
        switch kind {
        case .throttled: .throttled
        case .accessDenied, .credentialsRejected, .credentialsUnavailable, .clockSkew: .denied
        // AWS understood and said no, or there is no such endpoint: the request, hence our configuration, is
        // wrong.
        case .refused, .endpoint: .denied
        case .notFound: .notFound
        case .serverFault, .deadline: .silent
        case .network(let kind): reason(kind)
        case .malformedResponse, .pagination: .malformed
        // Nobody was asked; see `isCancellation`.
        case .cancelled: .missing
        }
    }

    private static func reason(_ kind: TransportError.Kind) -> UnknownReason {
        switch kind {
        case .nameNotResolved: .nameNotResolved
        case .tlsFailed: .certificate
        case .connectionRefused, .unreachable, .connectTimeout, .totalTimeout, .connectionLost: .silent
        // A proxy that refuses, an answer that is not HTTP, a limit of our own: not the source's silence.
        case .responseTooLarge, .other: .malformed
        case .badRequest: .denied
        case .cancelled, .shutDown: .missing
        }
    }
}

extension AWSError {
    /// The program gave it up: no evidence at all, so no observation either.
    var isCancellation: Bool {
        switch kind {
        case .cancelled, .network(.cancelled), .network(.shutDown): true
        default: gaveUp == .cancelled
        }
    }
}
