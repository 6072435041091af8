import Foundation

/// Where a secret file lies: an absolute path, or the bare name of a systemd credential (`LoadCredential=`).
struct SecretPlace {
    /// The setting, for messages.
    let setting: String
    let path: String

    init(_ place: String, setting: String) throws {
        self.setting = setting
        guard !place.hasPrefix("/") else {
            path = place
            return
        }
        guard let folder = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] else {
            throw Failure(.usage, "\(setting): systemd has given no credential \(place)")
        }
        path = "\(folder)/\(place)"
    }

    func text() throws -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(.usage, "\(setting): \(path) cannot be read")
        }
        return text
    }
}
