import Foundation
import Settings

/// Whether a start with another configuration would come up, tried while the old one still watches. What a
/// start itself waits for and tells (a table out of reach, an address in use) is not asked.
enum Trial {
    static func problems(of fresh: Configuration, replacing current: Configuration) -> [String] {
        var problems: [String] = []
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch { problems.append((error as? Failure)?.message ?? "\(error)") }
        }
        attempt { _ = try Assembly(fresh) }
        if let bundle = fresh.aws.caBundle, access(bundle, R_OK) != 0 {
            problems.append("aws.ca_bundle: \(bundle) cannot be read")
        }
        if let webhook = fresh.webhook {
            attempt { _ = try WebhookNeeds(webhook) }
            if webhook.store != current.webhook?.store {
                problems += unwritable(webhook.store, setting: "webhook.store")
            }
        }
        if let api = fresh.api { attempt { try RunningAPI.check(api) } }
        if fresh.controller.journal != current.controller.journal, fresh.controller.lease == nil {
            problems += unwritable(fresh.controller.journal, setting: "controller.journal")
        }
        if fresh.controller.socket != current.controller.socket {
            problems += unwritable(fresh.controller.socket, setting: "controller.socket")
        }
        return problems
    }

    /// A file that can neither be written nor made. SQLite needs the folder too, for what it writes beside.
    private static func unwritable(_ path: String, setting: String) -> [String] {
        let folder = (path as NSString).deletingLastPathComponent
        guard access(folder, W_OK | X_OK) == 0 else {
            return ["\(setting): nothing can be written in \(folder): \(String(cString: strerror(errno)))"]
        }
        guard access(path, F_OK) != 0 || access(path, R_OK | W_OK) == 0 else {
            return ["\(setting): \(path) cannot be written: \(String(cString: strerror(errno)))"]
        }
        return []
    }
}
