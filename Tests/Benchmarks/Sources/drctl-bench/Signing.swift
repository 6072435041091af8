import Meter
import SigV4

/// Signs one request over and over. `derived`: a new signer each time, which knows no key yet.
func signing(body: [UInt8], derived: Bool, seconds: Double) throws {
    let credentials = SigningCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    let scope = SigningScope(region: "eu-west-1", service: "rds")
    let kept = Signer()
    func once() throws -> SignedRequest {
        let request = SignableRequest(
            method: "POST", url: "https://rds.eu-west-1.amazonaws.com/",
            headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            // The body is hashed each time, as for a request that is sent once.
            payload: .of(body))
        return try (derived ? Signer() : kept).sign(
            request, credentials: credentials, scope: scope, at: SigningTime(unixSeconds: 1_767_323_045))
    }
    // Whoever compares sees that all sides have made the same signature.
    print(try once().signature)
    for _ in 0..<2_000 { _ = try once() }
    let meter = Meter()
    var count = 0
    while meter.cpu < seconds {
        for _ in 0..<500 { _ = try once() }
        count += 500
    }
    report([("count", Double(count)), ("cpu", meter.cpu), ("wall", meter.wall)])
}
