#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Whose a file of the journal is to be: its folder's. What root makes in an emergency (`sudo drctl ...`) in
/// the folder of the service would otherwise keep the service, which is not root, from its own journal.
enum FolderOwner {
    /// Does nothing for whoever is not root. One that cannot be given away is still root's, and the service
    /// says so at its start.
    static func give(_ descriptor: Int32, at path: String) {
        guard geteuid() == 0, let folder = folder(of: path) else { return }
        var (ours, theirs) = (stat(), stat())
        guard fstat(descriptor, &ours) == 0, stat(folder, &theirs) == 0, ours.st_uid == 0, theirs.st_uid != 0
        else { return }
        _ = fchown(descriptor, theirs.st_uid, theirs.st_gid)
    }

    private static func folder(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? nil : String(path[..<slash])
    }
}
