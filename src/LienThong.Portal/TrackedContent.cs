using System.Net;
using System.Net.Http.Headers;

namespace LienThong.Portal;

/// <summary>
/// A request body that remembers whether writing it to the connection began: the line between "nothing left the house"
/// and "outcome unknown". A portal that has seen no byte of the body can't have taken anything over.
/// </summary>
internal abstract class TrackedContent : HttpContent
{
    private readonly long length;

    protected TrackedContent(MediaTypeHeaderValue type, long length)
    {
        Headers.ContentType = type;
        this.length = length;
    }

    /// <summary>True once the first byte of the body may have left.</summary>
    public bool Began { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = this.length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Began = true;
        return WriteAsync(stream, cancellationToken);
    }

    protected abstract Task WriteAsync(Stream stream, CancellationToken ct);
}

/// <summary>A small body that is already in memory.</summary>
internal sealed class SmallContent(MediaTypeHeaderValue type, byte[] body) : TrackedContent(type, body.Length)
{
    protected override Task WriteAsync(Stream stream, CancellationToken ct) => stream.WriteAsync(body, ct).AsTask();
}
