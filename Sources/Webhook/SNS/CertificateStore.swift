import Failover
import HTTPTransport

/// Fetches signing certificates, checks them, and keeps the few that are in use.
///
/// A stranger decides which address is asked for, though only at the SNS of an allowed topic's Region. So
/// fetches are few at a time and few a minute, and a certificate that is not there is not asked for again.
actor CertificateStore {
    /// SNS has one for each Region at a time, and changes it every few months.
    static let limit = 10
    /// Addresses without a certificate, for `missTime`.
    static let missLimit = 256
    static let missTime = Duration.seconds(300)
    /// How long a check of chain and dates holds.
    static let checkTime = Duration.seconds(3600)
    /// Fetches in a burst, and the time in which one more is earned.
    static let burst = 10.0
    static let earningTime = Duration.seconds(6)
    static let atOnce = 2
    /// Five certificates of 3 KiB each.
    static let maximumBytes = 16 * 1024

    private struct Kept {
        var chain: CertificateChain
        var checkedAt: Timestamp
        var usedAt: Timestamp
    }

    private let transport: any Transport
    private let roots: TrustedRoots
    private let now: @Sendable () -> Timestamp
    private var kept: [SigningCertificateURL: Kept] = [:]
    private var misses: [SigningCertificateURL: Timestamp] = [:]
    private var underway: [SigningCertificateURL: Task<Result<CertificateChain, Answer>, Never>] = [:]
    private var budget = CertificateStore.burst
    private var budgetAt: Timestamp

    init(transport: any Transport, roots: TrustedRoots, now: @escaping @Sendable () -> Timestamp) {
        self.transport = transport
        self.roots = roots
        self.now = now
        budgetAt = now()
    }

    func certificate(at url: SigningCertificateURL) async throws(Answer) -> CertificateChain {
        let now = now()
        if let chain = known(url, at: now) { return chain }
        if let miss = misses[url] {
            if now - miss < Self.missTime { throw .refused(.noCertificate) }
            misses[url] = nil
        }
        if let task = underway[url] { return try await task.value.get() }
        guard underway.count < Self.atOnce, spend(at: now) else { throw .unavailable(.busy) }
        let task = Task { await self.fetchChecked(url) }
        underway[url] = task
        let result = await task.value
        underway[url] = nil
        switch result {
        case .success(let chain): keep(chain, for: url)
        case .failure(.refused):
            if misses.count >= Self.missLimit { misses.removeAll() }
            misses[url] = self.now()
        case .failure: break
        }
        return try result.get()
    }

    private func known(_ url: SigningCertificateURL, at now: Timestamp) -> CertificateChain? {
        guard var entry = kept[url] else { return nil }
        if now - entry.checkedAt >= Self.checkTime {
            guard entry.chain.trust(in: roots, at: now) == .trusted else {
                kept[url] = nil
                return nil
            }
            entry.checkedAt = now
        }
        entry.usedAt = now
        kept[url] = entry
        return entry.chain
    }

    private func keep(_ chain: CertificateChain, for url: SigningCertificateURL) {
        if kept.count >= Self.limit, let oldest = kept.min(by: { $0.value.usedAt < $1.value.usedAt }) {
            kept[oldest.key] = nil
        }
        kept[url] = Kept(chain: chain, checkedAt: now(), usedAt: now())
    }

    private func spend(at now: Timestamp) -> Bool {
        let earned = Double((now - budgetAt).milliseconds) / Double(Self.earningTime.milliseconds)
        budget = min(Self.burst, budget + max(0, earned))
        budgetAt = now
        guard budget >= 1 else { return false }
        budget -= 1
        return true
    }

    // MARK: - Fetching

    private nonisolated func fetchChecked(
        _ url: SigningCertificateURL
    ) async -> Result<CertificateChain, Answer> {
        do throws(Answer) {
            let pem = try await fetch(url.text)
            guard let chain = CertificateChain(pem: pem) else { return .failure(.unavailable(.untrusted)) }
            guard chain.isFor(oneOf: url.certificateNames) else { return .failure(.unavailable(.untrusted)) }
            try await complete(chain)
            return .success(chain)
        } catch {
            return .failure(error)
        }
    }

    /// SNS gives the certificate alone; its issuer's is where the certificate says.
    private nonisolated func complete(_ chain: CertificateChain) async throws(Answer) {
        for _ in 0..<CertificateChain.limit {
            switch chain.trust(in: roots, at: now()) {
            case .trusted: return
            case .untrusted: throw .unavailable(.untrusted)
            case .incomplete:
                guard let address = chain.issuerAddress else { throw .unavailable(.untrusted) }
                let der: [UInt8]
                do { der = try await fetch(address) } catch { throw .unavailable(.unreachable) }
                guard chain.add(der: der) else { throw .unavailable(.untrusted) }
            }
        }
        throw .unavailable(.untrusted)
    }

    /// Redirects are not followed: they are answers without a certificate, as a 404 is.
    private nonisolated func fetch(_ url: String) async throws(Answer) -> [UInt8] {
        let request = HTTPRequest(
            url: url, timeouts: Timeouts(connect: .seconds(2), total: .seconds(5)),
            maxResponseBytes: Self.maximumBytes)
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            throw error.kind == .responseTooLarge ? .refused(.noCertificate) : .unavailable(.unreachable)
        }
        switch response.status {
        case 200: return response.body
        case 429, 500...: throw .unavailable(.unreachable)
        default: throw .refused(.noCertificate)
        }
    }
}
