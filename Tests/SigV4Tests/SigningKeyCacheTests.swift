import Testing

@testable import SigV4

@Suite("Signing keys are kept, and never for the wrong secret")
struct SigningKeyCacheTests {
    private let request = SignableRequest(method: "GET", url: "https://h.example/")

    private func sum(_ byte: UInt8) throws -> Digest {
        try Cryptography.available().sha256([byte])
    }

    private func identity(_ number: Int) throws -> SigningKeyCache.Identity {
        try .init(accessKeyID: "K\(number)", secretDigest: sum(1), dateStamp: "20260102", scope: .example)
    }

    @Test("A second request of the same day, Region and service derives nothing new")
    func sameScopeHits() throws {
        let signer = Signer()
        for seconds in [0, 1, 86_399] as [Int64] {
            _ = try signer.sign(
                request, credentials: .example, scope: .example, at: SigningTime(unixSeconds: seconds))
        }
        #expect(signer.cachedKeyCount == 1)
    }

    @Test("A corrected secret, another day, Region, service or key id has a key of its own")
    func everyPartOfTheIdentityCounts() throws {
        let base = SigningCredentials.example
        var corrected = base
        corrected.secretAccessKey += "!"
        var renamed = base
        renamed.accessKeyID += "2"
        let day = SigningTime(unixSeconds: SigningTime.example.unixSeconds + 86_400)
        let variants: [(SigningCredentials, SigningScope, SigningTime)] = [
            (base, .example, .example), (corrected, .example, .example), (renamed, .example, .example),
            (base, SigningScope(region: "eu-west-2", service: "rds"), .example),
            (base, SigningScope(region: "eu-west-1", service: "sns"), .example), (base, .example, day),
        ]
        let shared = Signer()
        for _ in 0..<2 {
            for (credentials, scope, time) in variants {
                let warm = try shared.sign(request, credentials: credentials, scope: scope, at: time)
                let cold = try Signer().sign(request, credentials: credentials, scope: scope, at: time)
                #expect(warm.signature == cold.signature)
            }
        }
        #expect(shared.cachedKeyCount == variants.count)
    }

    @Test("The cache never grows past its capacity, and drops what was not used longest")
    func boundedAndLeastRecentlyUsed() throws {
        var cache = SigningKeyCache()
        for number in 0..<SigningKeyCache.capacity {
            try cache.insert(sum(UInt8(number)), for: identity(number))
        }
        #expect(try cache.key(for: identity(0)) == sum(0))
        try cache.insert(sum(255), for: identity(1_000))
        #expect(cache.count == SigningKeyCache.capacity)
        #expect(try cache.key(for: identity(0)) == sum(0))
        #expect(try cache.key(for: identity(1)) == nil)
        #expect(try cache.key(for: identity(1_000)) == sum(255))
    }
}
