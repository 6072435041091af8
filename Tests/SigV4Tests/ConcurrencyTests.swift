import SigV4
import Testing

@Suite("One signer serves many tasks")
struct ConcurrencyTests {
    @Test("Signing from many tasks at once gives the answers of signing alone")
    func manyTasksAgreeWithOne() async throws {
        let vectors = try Vector.load("botocore").filter { $0.expires == nil }
        let alone = try vectors.map { try $0.signed(by: Signer()).authorization }
        let shared = Signer()
        try await withThrowingTaskGroup(of: [String].self) { group in
            for shift in 0..<16 {
                group.addTask {
                    // Each task starts elsewhere, so that misses and hits of the cache interleave.
                    let start = shift * vectors.count / 16
                    let turned = vectors[start...] + vectors[..<start]
                    let signed = try turned.map { try $0.signed(by: shared).authorization }
                    return Array(signed[(vectors.count - start)...] + signed[..<(vectors.count - start)])
                }
            }
            for try await answers in group {
                #expect(answers == alone)
            }
        }
    }
}
