using System.IO.MemoryMappedFiles;

namespace ParalegalBot.Inference.Gguf.Format;

/// <summary>A GGUF file mapped into memory: its header read, its tensors in place, paged in by the system as they are used.</summary>
internal sealed unsafe class GgufFile : IDisposable
{
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;
    private readonly byte[]? pinned;
    private readonly byte* start;

    private GgufFile(MemoryMappedFile map, MemoryMappedViewAccessor view, byte* start, long length, string name)
    {
        (this.map, this.view, Name) = (map, view, name);
        this.start = start;
        Header = GgufHeader.Read(new ReadOnlySpan<byte>(start, (int)Math.Min(length, int.MaxValue)), length, name);
    }

    private GgufFile(byte[] pinned, string name)
    {
        this.pinned = pinned;
        fixed (byte* first = pinned) start = first;
        Name = name;
        Header = GgufHeader.Read(pinned, pinned.Length, name);
    }

    public string Name { get; }

    public GgufHeader Header { get; }

    /// <summary>Maps the file; nothing but the header is read.</summary>
    public static GgufFile Open(string path)
    {
        MemoryMappedFile? map = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            var length = new FileInfo(path).Length;
            if (length == 0) throw GgufFault.Of(path, "está vacío");
            map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new GgufFile(map, view, start + view.PointerOffset, length, path);
        }
        catch (Exception fault)
        {
            view?.Dispose();
            map?.Dispose();
            if (fault is IOException or UnauthorizedAccessException) throw GgufFault.Of(path, "no existe o no se puede leer");
            throw;
        }
    }

    /// <summary>The same out of memory.</summary>
    public static GgufFile Read(ReadOnlySpan<byte> bytes, string name)
    {
        var copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return new GgufFile(copy, name);
    }

    /// <summary>The bytes of a tensor, good until the file is disposed.</summary>
    public byte* Data(GgufTensor tensor) => start + tensor.Offset;

    public void Dispose()
    {
        view?.SafeMemoryMappedViewHandle.ReleasePointer();
        view?.Dispose();
        map?.Dispose();
        GC.KeepAlive(pinned);
    }
}
