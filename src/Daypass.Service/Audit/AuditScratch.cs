using System.Buffers;
using System.Text.Json;

namespace Daypass.Service.Audit;

/// <summary>What a thread writes records with, kept from one to the next.</summary>
internal sealed class AuditScratch
{
    private const int MostKept = 256 * 1024;

    [ThreadStatic]
    private static AuditScratch? _ofThisThread;

    private readonly ArrayBufferWriter<byte> _buffer = new(2048);

    private AuditScratch()
    {
        // The pipeline writes these by code of its own, so the writer need not check every step. Escaped is what JSON demands: a record
        // is never part of a page, and the plus signs of every session token would go as six characters each.
        Json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true, Encoder = LimitedJson.Encoder });
        Limited = new LimitedJson(Json);
        Shapes = new AuditShapeWriter(Limited);
    }

    public Utf8JsonWriter Json { get; }

    public LimitedJson Limited { get; }

    public AuditShapeWriter Shapes { get; }

    /// <summary>An empty one, until the next call on this thread.</summary>
    public static AuditScratch Begin()
    {
        var scratch = _ofThisThread ??= new AuditScratch();
        scratch._buffer.ResetWrittenCount();
        scratch.Json.Reset(scratch._buffer);
        return scratch;
    }

    /// <summary>What was written.</summary>
    public byte[] End()
    {
        Json.Flush();
        var record = _buffer.WrittenSpan.ToArray();
        // One large record must not leave its size behind with every thread.
        if (_buffer.Capacity > MostKept)
            _ofThisThread = null;
        return record;
    }
}
