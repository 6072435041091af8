import CCurl
import CMemory

/// libcurl as this process uses it.
///
/// It asks some forty times for memory with each request, among it 16 kB for what is received; glibc has only
/// blocks below 1 kB at hand for a thread. The engine's thread keeps them all for the next request.
enum CurlLibrary {
    /// What a thread keeps at most: that of some thirty requests.
    private static let keptBytes = 1 << 20

    /// Whether libcurl is there. Counted and, since 7.84, safe from any thread. Never undone: other parts of
    /// the process use OpenSSL too.
    static func start() -> Bool {
        curl_global_init_mem(
            Int(CURL_GLOBAL_DEFAULT), drctl_keep_allocate, drctl_keep_free, drctl_keep_reallocate,
            drctl_keep_duplicate, drctl_keep_allocate_zeroed) == CURLE_OK
    }

    /// For the calling thread, until it lets go of it.
    static func keepMemory() {
        _ = drctl_keep_begin(keptBytes)
    }

    static func letGoOfMemory() {
        _ = drctl_keep_end()
    }
}
