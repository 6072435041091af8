import CMemory
import Foundation
import Testing

@testable import HTTPTransport

/// The allocator that libcurl has (`Sources/CMemory/keep.c`). Under the address sanitizer it keeps nothing,
/// and there is little to see.
struct KeptMemoryTests {
    /// What a block of up to 1 KiB takes.
    private static let kilobyte = 1024 + 64

    @Test("libcurl has this allocator")
    func isUsed() {
        guard drctl_keep_begin(1 << 20) else { return }
        defer { _ = drctl_keep_end() }
        #expect(CurlLibrary.start())
        #expect(EasyHandle() != nil)
        #expect(drctl_keep_end() > Self.kilobyte)
    }

    @Test("What was freed last is at hand first")
    func comesBack() {
        guard drctl_keep_begin(1 << 20) else { return }
        defer { _ = drctl_keep_end() }
        let blocks = (0..<4).map { _ in drctl_keep_allocate(1000) }
        blocks.forEach(drctl_keep_free)
        #expect((0..<4).map { _ in drctl_keep_allocate(990) } == blocks.reversed())
        blocks.forEach(drctl_keep_free)
    }

    @Test("No more is kept than was said, whatever its size, and nothing once it has ended")
    func bounded() {
        let block = Self.kilobyte
        guard drctl_keep_begin(3 * block) else { return }
        for bytes in [40_000, 30_000, 1000, 1000] {
            let blocks = (0..<4).map { _ in drctl_keep_allocate(bytes) }
            blocks.forEach(drctl_keep_free)
        }
        #expect(drctl_keep_end() == 3 * block)
        drctl_keep_free(drctl_keep_allocate(1000))
        #expect(drctl_keep_end() == 0)
    }

    @Test("What another thread asked for stays with the one that frees it")
    func acrossThreads() async {
        guard drctl_keep_begin(0) else { return }
        let block = UInt(bitPattern: drctl_keep_allocate(1000))
        let kept = await withCheckedContinuation { done in
            Thread.detachNewThread {
                _ = drctl_keep_begin(1 << 20)
                drctl_keep_free(UnsafeMutableRawPointer(bitPattern: block))
                done.resume(returning: drctl_keep_end())
            }
        }
        #expect(kept == Self.kilobyte)
    }

    @Test("Blocks are aligned, apart from each other, and keep what is in them as they grow and shrink")
    func contents() throws {
        _ = drctl_keep_begin(64 << 10)
        defer { _ = drctl_keep_end() }
        var random = Numbers()
        var blocks: [(start: UnsafeMutableRawPointer, bytes: Int, mark: UInt8)] = []
        for round in 0..<4_000 {
            let bytes = random.next(1 << (1 + random.next(17)))
            if blocks.count < 40 {
                let isZeroed = round % 3 == 0
                let start = try #require(
                    isZeroed ? drctl_keep_allocate_zeroed(bytes, 1) : drctl_keep_allocate(bytes))
                #expect(UInt(bitPattern: start) % 16 == 0)
                if isZeroed { #expect(holds(start, bytes, 0)) }
                fill(start, bytes, UInt8(round % 251))
                blocks.append((start, bytes, UInt8(round % 251)))
                continue
            }
            let index = random.next(blocks.count) - 1
            let (start, had, mark) = blocks[index]
            #expect(holds(start, had, mark))
            if round % 2 == 0 {
                let moved = try #require(drctl_keep_reallocate(start, bytes))
                #expect(holds(moved, min(had, bytes), mark))
                fill(moved, bytes, mark)
                blocks[index] = (moved, bytes, mark)
            } else {
                drctl_keep_free(start)
                blocks.remove(at: index)
            }
        }
        for block in blocks {
            #expect(holds(block.start, block.bytes, block.mark))
            drctl_keep_free(block.start)
        }
    }

    @Test("Sizes that cannot be are refused, and nothing may be freed and grown")
    func limits() {
        #expect(drctl_keep_allocate(Int(bitPattern: UInt.max)) == nil)
        // Wraps to four bytes.
        #expect(drctl_keep_allocate_zeroed((1 << 62) + 1, 4) == nil)
        drctl_keep_free(nil)
        let empty = drctl_keep_allocate(0)
        #expect(empty != nil)
        drctl_keep_free(empty)
        let grown = drctl_keep_reallocate(nil, 100)
        #expect(grown != nil)
        drctl_keep_free(grown)
        let copy = drctl_keep_duplicate("eu-west-1")
        #expect(copy.map { String(cString: $0) } == "eu-west-1")
        drctl_keep_free(copy)
    }

    /// The same ones each time.
    private struct Numbers {
        private var state: UInt64 = 42

        /// From 1 to `limit`.
        mutating func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return 1 + Int(state >> 33) % limit
        }
    }

    private func fill(_ start: UnsafeMutableRawPointer, _ bytes: Int, _ mark: UInt8) {
        start.initializeMemory(as: UInt8.self, repeating: mark, count: bytes)
    }

    private func holds(_ start: UnsafeMutableRawPointer, _ bytes: Int, _ mark: UInt8) -> Bool {
        UnsafeRawBufferPointer(start: start, count: bytes).allSatisfy { $0 == mark }
    }
}
