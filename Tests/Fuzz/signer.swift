// Compiled together with Sources/SigV4. The input is lines: method, URL, headers, an empty line, body.

/// Whatever is signed, the answer is a signature or an error; what was signed is signed the same again, and keeps to
/// one header a line.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSigner(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    var lines = UnsafeBufferPointer(start: start, count: count)
        .split(separator: 0x0A, maxSplits: 24, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    guard lines.count >= 3 else { return -1 }
    let method = lines.removeFirst()
    let url = lines.removeFirst()
    var headers: [(name: String, value: String)] = []
    while let line = lines.first, !line.isEmpty {
        lines.removeFirst()
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        headers.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
    }
    let request = SignableRequest(
        method: method, url: url, headers: headers, payload: .of(Array(lines.joined().utf8)))
    let credentials = SigningCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: count % 2 == 0 ? "t/+=" : nil)
    for options in [SigningOptions(), .s3, SigningOptions(sessionTokenPlacement: .appendedUnsigned)] {
        sign(request, credentials, options)
    }
    return 0
}

private let signer = Signer()
private let scope = SigningScope(region: "eu-west-1", service: "rds")
private let time = SigningTime(unixSeconds: 1_767_323_045)

private func sign(
    _ request: SignableRequest, _ credentials: SigningCredentials, _ options: SigningOptions
) {
    if let signed = try? signer.sign(
        request, credentials: credentials, scope: scope, at: time, options: options)
    {
        precondition(signed.signature.utf8.count == 64)
        precondition(signed.stringToSign.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
        let values = signed.headers.flatMap(\.value.utf8)
        precondition(!values.contains(0x0A) && !values.contains(0x0D))
        let again = try? Signer().sign(
            request, credentials: credentials, scope: scope, at: time, options: options)
        precondition(again?.authorization == signed.authorization)
    }
    if let presigned = try? signer.presign(
        request, credentials: credentials, scope: scope, at: time, expiresSeconds: 60, options: options)
    {
        // What was no URL before stays none: the path is sent as it came.
        let isVisible = { (text: String) in text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
        precondition(!isVisible(request.url) || isVisible(presigned.url))
    }
}
