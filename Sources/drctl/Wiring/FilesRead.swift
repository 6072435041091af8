import Foundation
import Settings

/// The contents of the files that a start reads once, as far as two of them are the same. A secret that was
/// rotated changes nothing in the configuration, and yet the service must take it.
struct FilesRead: Equatable {
    /// Not the contents, which may be secrets; the hash's seed is this process's own.
    private let hashes: [String: Int]

    init(_ configuration: Configuration) {
        let (webhook, api) = (configuration.webhook, configuration.api)
        let places = [
            webhook?.secretFile, webhook?.caFile, webhook?.certificateFile, webhook?.keyFile,
            api?.certificateFile, api?.keyFile, configuration.aws.caBundle,
        ].compactMap { $0 }
        hashes = Dictionary(
            places.map { place in
                let path = SecretPlace.path(of: place)
                return (place, path.flatMap { FileManager.default.contents(atPath: $0) }.hashValue)
            }, uniquingKeysWith: { first, _ in first })
    }
}
