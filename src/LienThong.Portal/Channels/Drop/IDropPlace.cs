namespace LienThong.Portal.Channels;

/// <summary>Where files are dropped: a folder of this machine or one behind FTP.</summary>
internal interface IDropPlace
{
    /// <summary>Puts a file there under a temporary name and renames it when it is whole, so that the receiver never sees half of one.</summary>
    /// <param name="name">Final name; made by <see cref="DropNames"/>, so it holds nothing that could lead elsewhere.</param>
    /// <param name="document">Its bytes.</param>
    /// <param name="checksum">Content of the <c>.sha256</c> that stands there before the file itself; null: none.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null: it is there. A Vietnamese sentence: the rename was asked for and not answered, so it may be there.</returns>
    /// <exception cref="DropFailure">It isn't there, for sure.</exception>
    Task<string?> PutAsync(string name, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte>? checksum, CancellationToken ct);

    /// <summary>Looks into a folder and reads the file that is chosen there.</summary>
    /// <param name="folder">Absolute or below the drop's folder.</param>
    /// <param name="choose">Picks one of the names; null: none of them.</param>
    /// <param name="limit">Bytes that are read at most; a larger file is cut.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null when nothing was chosen.</returns>
    /// <exception cref="DropFailure">The folder or the file can't be read.</exception>
    Task<FoundFile?> FindAsync(string folder, Func<IReadOnlyList<string>, string?> choose, int limit, CancellationToken ct);
}

/// <summary>A file that was picked up.</summary>
internal sealed record FoundFile(string Name, byte[] Body, bool IsWhole);

/// <summary>A drop that certainly didn't happen, or a folder that can't be read.</summary>
internal sealed class DropFailure(string cause, bool needsPerson, Exception? inner = null) : Exception(cause, inner)
{
    /// <summary>Repeating alone won't help.</summary>
    public bool NeedsPerson => needsPerson;
}
