/// Who signs, for what and when: the part of a signature that does not depend on the request.
struct SigningContext {
    static let algorithm = "AWS4-HMAC-SHA256"

    let credentials: SigningCredentials
    let scope: SigningScope
    let amzDate: String
    private let dateStamp: String

    init(credentials: SigningCredentials, scope: SigningScope, time: SigningTime) throws(Defect) {
        try credentials.validated()
        try scope.validated()
        try time.validated()
        self.credentials = credentials
        self.scope = scope
        amzDate = time.amzDate
        dateStamp = time.dateStamp
    }

    /// `AKIDEXAMPLE/20260102/eu-west-1/rds/aws4_request`
    var credential: String { "\(credentials.accessKeyID)/\(scope.credentialScope(dateStamp: dateStamp))" }

    func stringToSign(_ canonicalRequest: [UInt8]) throws(Defect) -> String {
        let hash = Hex.lower(try Cryptography.available().sha256(canonicalRequest))
        return "\(Self.algorithm)\n\(amzDate)\n\(scope.credentialScope(dateStamp: dateStamp))\n\(hash)"
    }

    func keyIdentity() throws(Defect) -> SigningKeyCache.Identity {
        SigningKeyCache.Identity(
            accessKeyID: credentials.accessKeyID,
            secretDigest: try Cryptography.available().sha256(Array(credentials.secretAccessKey.utf8)),
            dateStamp: dateStamp, scope: scope)
    }

    func derivedKey() throws(Defect) -> [UInt8] {
        let cryptography = try Cryptography.available()
        var key = Array("AWS4\(credentials.secretAccessKey)".utf8)
        for part in [dateStamp, scope.region, scope.service, "aws4_request"] {
            key = try cryptography.hmacSHA256(key: key, message: Array(part.utf8))
        }
        return key
    }
}
