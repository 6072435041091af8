import SigV4
import Testing

@Suite("Credentials keep their secret")
struct SigningCredentialsTests {
    private let credentials = SigningCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "hush-secret", sessionToken: "hush-token")

    @Test("No way of printing shows the secret or the token, and every way shows the key id")
    func printingRedacts() {
        var dumped = ""
        dump([credentials], to: &dumped)
        let optional: SigningCredentials? = credentials
        let texts = [
            "\(credentials)", String(reflecting: credentials), String(describing: optional), dumped,
            "\(["role": credentials])", credentials.debugDescription,
        ]
        for text in texts {
            #expect(!text.contains("hush"))
            #expect(text.contains("AKIDEXAMPLE"))
        }
        let reflected = Mirror(reflecting: credentials).children.map { "\($0.value)" }
        #expect(reflected == ["AKIDEXAMPLE"])
    }

    @Test("Neither a signed request nor a presigned URL shows the token when printed")
    func signedValuesRedact() throws {
        let request = SignableRequest(method: "GET", url: "https://h.example/")
        let signed = try Signer().sign(request, credentials: credentials, scope: .example, at: .example)
        let url = try Signer().presign(request, credentials: credentials, scope: .example, at: .example)
        #expect(signed.canonicalRequest.contains("hush-token"))
        #expect(url.url.contains("hush-token"))
        var dumped = "\(signed) \(url)"
        dump(signed, to: &dumped)
        dump(url, to: &dumped)
        #expect(!dumped.contains("hush"))
        #expect(dumped.contains(signed.signature))
    }

    @Test("An empty token is no token")
    func emptyTokenIsNone() throws {
        var empty = credentials
        empty.sessionToken = ""
        let request = SignableRequest(method: "GET", url: "https://h.example/")
        let signed = try Signer().sign(request, credentials: empty, scope: .example, at: .example)
        #expect(!signed.headers.contains { $0.name == "X-Amz-Security-Token" })
        let url = try Signer().presign(request, credentials: empty, scope: .example, at: .example).url
        #expect(!url.contains("Security-Token"))
    }
}
