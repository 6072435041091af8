/// Who signs, for what and when: the part of a signature that does not depend on the request.
struct SigningContext {
    static let algorithm = "AWS4-HMAC-SHA256"

    let credentials: SigningCredentials
    let scope: SigningScope
    let amzDate: String
    /// `20260102/eu-west-1/rds/aws4_request`
    let credentialScope: String
    private let dateStamp: String

    init(credentials: SigningCredentials, scope: SigningScope, time: SigningTime) throws(Defect) {
        try credentials.validated()
        try scope.validated()
        try time.validated()
        self.credentials = credentials
        self.scope = scope
        amzDate = time.amzDate
        dateStamp = String(amzDate.prefix(8))
        credentialScope = scope.credentialScope(dateStamp: dateStamp)
    }

    /// `AKIDEXAMPLE/20260102/eu-west-1/rds/aws4_request`
    var credential: String { credentials.accessKeyID + "/" + credentialScope }

    func stringToSign(_ canonicalRequest: [UInt8]) throws(Defect) -> String {
        let hash = try Cryptography.available().sha256(canonicalRequest).hex
        var text = Self.algorithm
        for line in [amzDate, credentialScope, hash] {
            text += "\n"
            text += line
        }
        return text
    }

    func keyIdentity() throws(Defect) -> SigningKeyCache.Identity {
        SigningKeyCache.Identity(
            accessKeyID: credentials.accessKeyID,
            secretDigest: try Cryptography.available().sha256(credentials.secretAccessKey),
            dateStamp: dateStamp, scope: scope)
    }

    func derivedKey(_ hmac: borrowing Cryptography.HMAC) throws(Defect) -> Digest {
        let secret = Array("AWS4\(credentials.secretAccessKey)".utf8)
        var key = try secret.withUnsafeBufferPointer { secret throws(Defect) in
            try dateStamp.withBytes { date throws(Defect) in try hmac(key: secret, date) }
        }
        for part in [scope.region, scope.service, "aws4_request"] {
            key = try hmac(key: key, part)
        }
        return key
    }
}
