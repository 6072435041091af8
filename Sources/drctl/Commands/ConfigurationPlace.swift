import Foundation

/// Which file is meant where nobody names one, and what to do where it cannot be had.
struct ConfigurationPlace {
    static let folder = "/etc/drctl"
    static let ofTheSystem = folder + "/config.yaml"
    static let here = "config.yaml"

    /// As `--config` has it.
    var named: String?

    var path: String {
        if let named { return named }
        if let path = ProcessInfo.processInfo.environment["DRCTL_CONFIG"], !path.isEmpty { return path }
        return files.fileExists(atPath: Self.ofTheSystem) || isHidden ? Self.ofTheSystem : Self.here
    }

    /// Nil where there is a file that we may read: what is wrong with it has a line and a column.
    var obstacle: String? {
        let path = path
        if files.isReadableFile(atPath: path) { return nil }
        if files.fileExists(atPath: path) || isHidden && path == Self.ofTheSystem {
            return
                "\(path) is not for \(NSUserName()) to read: be who drctl runs as (sudo -u drctl drctl ...)"
        }
        let nothing =
            path == Self.here
            ? "there is no \(Self.ofTheSystem), and no \(Self.here) in this folder" : "there is no \(path)"
        return "\(nothing): name a configuration with -c FILE or $DRCTL_CONFIG, or make one with drctl init"
    }

    /// The package's folder is not for everybody to look into.
    private var isHidden: Bool {
        files.fileExists(atPath: Self.folder) && !files.isExecutableFile(atPath: Self.folder)
            && !files.fileExists(atPath: Self.here)
    }

    private var files: FileManager { .default }
}
