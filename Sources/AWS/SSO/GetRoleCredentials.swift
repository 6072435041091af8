extension Service {
    /// Only for the exchange of a login for credentials.
    static let sso = Service(
        id: "sso", title: "IAM Identity Center", endpointPrefix: "portal.sso", signingName: "awsssoportal",
        environmentID: "SSO", apiVersion: "2019-06-10", wireProtocol: .restJSON)
}

/// Credentials of a role for whoever has logged in. It is not signed: the login's token is the proof.
struct GetRoleCredentials: RestJSONOperation {
    static let service = Service.sso
    static let name = "GetRoleCredentials"
    static let isSigned = false
    var kind: OperationKind { .read }

    var roleName: String
    var accountId: String
    var accessToken: String

    func request() -> OperationRequest {
        let query = [("role_name", roleName), ("account_id", accountId)]
            .map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return OperationRequest(
            method: "GET", path: "/federation/credentials", query: query,
            headers: [.init("x-amz-sso_bearer_token", accessToken)])
    }

    /// Without the token, which is a credential.
    var parameters: [(name: String, value: String)] {
        [("roleName", roleName), ("accountId", accountId)]
    }

    typealias Output = IssuedCredentials

    static func decode(_ document: JSONValue) throws(MalformedResponse) -> IssuedCredentials {
        guard let found = document["roleCredentials"], let key = found["accessKeyId"]?.string,
            let secret = found["secretAccessKey"]?.string, let token = found["sessionToken"]?.string,
            let end = found["expiration"]?.number
        else { throw MalformedResponse("the answer lacks a key, a secret, a token or an expiry") }
        return IssuedCredentials(
            accessKeyId: key, secretAccessKey: secret, sessionToken: token,
            // Milliseconds, unlike every other time of AWS.
            expiration: WallTime(unixSeconds: end / 1000))
    }
}
