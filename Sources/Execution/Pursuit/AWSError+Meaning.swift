import AWS

extension AWSError {
    /// Goes away by itself, so that the same question is asked again until the deadline.
    var isPassing: Bool {
        switch kind {
        case .throttled, .serverFault, .malformedResponse, .deadline, .clockSkew, .credentialsUnavailable:
            true
        case .network(let kind):
            switch kind {
            case .badRequest, .shutDown, .cancelled: false
            default: true
            }
        // Renewed by whoever issues them; a wrong secret stays wrong.
        case .credentialsRejected: code?.hasPrefix("ExpiredToken") ?? false
        case .accessDenied, .notFound, .refused, .endpoint, .cancelled, .pagination: false
        }
    }

    /// No answer at all, or only that of a service in trouble.
    var isSilence: Bool {
        switch kind {
        case .network, .serverFault, .deadline: true
        default: false
        }
    }
}
