import Foundation

/// Where a secret file lies: an absolute path, or the bare name of a systemd credential (`LoadCredential=`).
struct SecretPlace {
    /// The setting, for messages.
    let setting: String
    let path: String

    init(_ place: String, setting: String) throws {
        guard let path = Self.path(of: place) else {
            throw Failure(.usage, "\(setting): systemd has given no credential \(place)")
        }
        (self.setting, self.path) = (setting, path)
    }

    /// Nil for a credential when systemd has given none.
    static func path(of place: String) -> String? {
        if place.hasPrefix("/") { return place }
        return ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"].map { "\($0)/\(place)" }
    }

    func text() throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(.usage, "\(setting): \(path) cannot be read")
        }
        return text
    }
}
