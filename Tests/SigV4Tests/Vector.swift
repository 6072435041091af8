import Foundation
import SigV4

/// One signed request as another implementation signed it.
struct Vector: Decodable, Sendable {
    struct Expected: Decodable, Sendable {
        var canonicalRequest: String?
        var stringToSign: String?
        var authorization: String?
        var signedUrl: String?
        var signature: String?
        var amzHeaders: [String: String]?
    }

    /// Of style `options`.
    struct Options: Decodable, Sendable {
        let normalizePath: Bool
        let doubleEncodePath: Bool
        let sendsHash: Bool
        let appendsToken: Bool
    }

    let name: String
    let service: String
    let region: String
    let method: String
    let url: String
    let headers: [[String]]
    let body: String
    let payload: String
    let accessKey: String
    let secretKey: String
    let token: String?
    let time: Int64
    let style: String
    let options: Options?
    let expires: Int?
    let expected: Expected

    private struct File: Decodable {
        let cases: [Vector]
    }

    static func load(_ file: String) throws -> [Vector] {
        guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
        let data = try Data(contentsOf: folder.appendingPathComponent("Vectors/\(file).json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(File.self, from: data).cases
    }

    var request: SignableRequest {
        SignableRequest(
            method: method, url: url, headers: headers.map { ($0[0], $0[1]) },
            payload: payload == "unsigned" ? .unsigned : .of(Array(body.utf8)))
    }

    var credentials: SigningCredentials {
        SigningCredentials(accessKeyID: accessKey, secretAccessKey: secretKey, sessionToken: token)
    }

    var scope: SigningScope { SigningScope(region: region, service: service) }
    var moment: SigningTime { SigningTime(unixSeconds: time) }
    var signingOptions: SigningOptions {
        guard let options else { return style == "s3" ? .s3 : .init() }
        return SigningOptions(
            normalizePath: options.normalizePath, doubleEncodePath: options.doubleEncodePath,
            includeContentSHA256Header: options.sendsHash,
            sessionTokenPlacement: options.appendsToken ? .appendedUnsigned : .signed)
    }

    func signed(by signer: Signer) throws -> SignedRequest {
        try signer.sign(request, credentials: credentials, scope: scope, at: moment, options: signingOptions)
    }

    func presigned(by signer: Signer, for seconds: Int) throws -> PresignedURL {
        try signer.presign(
            request, credentials: credentials, scope: scope, at: moment, expiresSeconds: seconds,
            options: signingOptions)
    }
}
