import Foundation
import Server

/// Certificate and key of one of this host's listeners, where they lie now.
struct IdentityFiles: Sendable {
    let identity: ListenerIdentity

    /// Between two looks at them: whoever renews a certificate need not know of this service.
    private static let renewalCheck = Duration.seconds(60)

    /// Nil when there is to be no TLS. Throws when they cannot be read or do not fit together.
    /// - Parameter section: of the configuration, for messages.
    init?(section: String, certificate: String?, key: String?) throws {
        guard let certificate, let key else { return nil }
        identity = ListenerIdentity(
            certificateFile: try SecretPlace(certificate, setting: "\(section).certificate_file").path,
            keyFile: try SecretPlace(key, setting: "\(section).key_file").path)
        do {
            try identity.check()
        } catch {
            throw Failure(.usage, "\(section).certificate_file, \(section).key_file: \(error)")
        }
    }

    /// Returns once there is another pair that fits; throws when cancelled.
    func renewed(_ clock: MachineClock) async throws {
        let before = contents
        repeat {
            try await clock.sleep(for: Self.renewalCheck)
            // Half of a renewal is none.
        } while contents == before || (try? identity.check()) == nil
    }

    private var contents: [Data?] {
        [identity.certificateFile, identity.keyFile].map { FileManager.default.contents(atPath: $0) }
    }
}
