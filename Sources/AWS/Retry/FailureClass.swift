/// What an error code of AWS means for a retry. Codes decide before statuses: throttling comes as HTTP 400
/// from RDS and Route 53, as 503 from EC2. Source: botocore 1.43.127, standard retry mode; the SDKs' skew
/// handling.
enum FailureClass: Sendable, Equatable {
    case throttled
    case transient
    case expiredCredentials
    case rejectedCredentials
    /// `certain` when the code can mean nothing but a wrong clock.
    case clockSkew(certain: Bool)
    case accessDenied
    case notFound
    case refused

    static func of(code: String, status: Int) -> FailureClass {
        if throttling.contains(code) || status == 429 { return .throttled }
        if transientCodes.contains(code) { return .transient }
        if expired.contains(code) { return .expiredCredentials }
        if skewed.contains(code) { return .clockSkew(certain: true) }
        if perhapsSkewed.contains(code) { return .clockSkew(certain: false) }
        if rejected.contains(code) { return .rejectedCredentials }
        if denied.contains(code) { return .accessDenied }
        if status >= 500 { return .transient }
        if code.hasSuffix("NotFound") || code.hasSuffix("NotFoundFault")
            || code.hasSuffix("NotFoundException")
            || code.hasPrefix("NoSuch")
        {
            return .notFound
        }
        return .refused
    }

    private static let throttling: Set = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "Throttled",
        "TooManyRequestsException", "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled",
        "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", "KMSThrottling",
        "KMSThrottlingException",
    ]
    private static let transientCodes: Set = [
        "RequestTimeout", "RequestTimeoutException", "IDPCommunicationError",
        "ReplicatedWriteConflictException", "InternalFailure", "InternalError", "InternalServerError",
        "InternalServiceError", "InternalServiceFault", "ServiceUnavailable", "ServiceUnavailableException",
        // DynamoDB: another write to the same item was under way.
        "TransactionConflictException",
    ]
    private static let expired: Set = ["ExpiredToken", "ExpiredTokenException"]
    private static let rejected: Set = [
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId",
        "MissingAuthenticationToken",
        "IncompleteSignature", "InvalidToken",
    ]
    private static let skewed: Set = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]
    private static let perhapsSkewed: Set = [
        "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure",
    ]
    private static let denied: Set = [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError",
        "OptInRequired",
        "NotAuthorized", "UnauthorizedException",
    ]
}
