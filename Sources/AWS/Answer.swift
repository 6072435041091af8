import HTTPTransport

/// An HTTP response, read as the answer to one operation.
struct Answer<O: Operation> {
    let requestID: String?
    let serverTime: WallTime?
    /// Nil for a good answer.
    let failureClass: FailureClass?
    let failure: AttemptFailure?
    private let response: OperationResponse
    private let operation: O

    init(_ response: HTTPResponse, operation: O, now: WallTime) {
        let headers = response.headers
        let view = OperationResponse(status: response.status, body: response.body) { headers.first($0) }
        self.response = view
        self.operation = operation
        requestID = headers.first("x-amzn-requestid") ?? headers.first("x-amz-request-id")
        serverTime = headers.first("Date").flatMap(WallTime.init(httpDate:))
        guard !(200..<300).contains(response.status) else {
            failureClass = nil
            failure = nil
            return
        }
        let fault = O.fault(from: view)
        let kind = fault.map { FailureClass.of(code: $0.code, status: response.status) }
        failureClass = kind
        var failure =
            if let fault, let kind {
                Self.failure(fault, kind, view, operation)
            } else {
                Self.failureWithoutDocument(view, requestID, operation)
            }
        failure.hint = RetryHint(headers, now: now)
        self.failure = failure
    }

    /// Reads a good answer. One that cannot be read may still have had its effect.
    func output() throws(AttemptFailure) -> O.Output {
        do {
            return try O.output(from: response)
        } catch {
            let changes = operation.kind.changesSomething
            throw AttemptFailure(
                kind: .malformedResponse, message: error.detail, outcome: changes ? .unknown : .notDone,
                // A truncated body is as likely as an impostor, and asking again settles it.
                remedy: .backoff(isTimeout: false), status: response.status, requestID: requestID)
        }
    }

    private static func failure(
        _ fault: ServiceFault, _ kind: FailureClass, _ response: OperationResponse, _ operation: O
    ) -> AttemptFailure {
        var failure = AttemptFailure(kind: .refused, message: fault.message, status: response.status)
        failure.fault = fault
        switch kind {
        case .throttled:
            failure.kind = .throttled
            failure.remedy = .backoff(isTimeout: false)
        case .transient:
            failure.kind = .serverFault
            failure.remedy = .backoff(isTimeout: false)
            // The fault may have struck after the effect.
            failure.outcome = operation.kind.changesSomething ? .unknown : .notDone
        case .expiredCredentials, .rejectedCredentials: failure.kind = .credentialsRejected
        case .clockSkew(let certain): failure.kind = certain ? .clockSkew : .credentialsRejected
        case .accessDenied: failure.kind = .accessDenied
        case .notFound: failure.kind = .notFound
        case .refused: failure.kind = .refused
        }
        return failure
    }

    /// A proxy, a load balancer, or an emulator that fell over: the status is all there is.
    private static func failureWithoutDocument(
        _ response: OperationResponse, _ requestID: String?, _ operation: O
    ) -> AttemptFailure {
        var failure = AttemptFailure(
            kind: .malformedResponse, message: "status \(response.status) without an error document of AWS",
            status: response.status, requestID: requestID)
        if response.status == 429 {
            failure.kind = .throttled
            failure.remedy = .backoff(isTimeout: false)
        } else if response.status >= 500 || response.status == 408 {
            failure.kind = .serverFault
            failure.remedy = .backoff(isTimeout: false)
            failure.outcome = operation.kind.changesSomething ? .unknown : .notDone
        }
        return failure
    }
}
