using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daypass.AspNetCore.Leases;
using Daypass.Reports;
using Microsoft.AspNetCore.WebUtilities;

namespace Daypass.AspNetCore.Reporting;

/// <summary>
/// Writes events as the JSON of a <see cref="ReportBatch"/>, as long as there is room for more. What a caller chose is cut to the protocol's
/// limits and rid of what the trail does not take: one strange request must not cost the batch, nor its own event.
/// </summary>
internal sealed class BatchWriter
{
    // No event is longer: the texts at their limits, each character escaped.
    private const int LongestEvent = 6 * (ReportProtocol.MaxResource + (2 * ReportProtocol.MaxText) + 1024);
    private static readonly JsonWriterOptions Plain = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly DaypassEventOptions _options;
    private readonly List<byte[]> _tickets = [];
    private readonly Dictionary<LeaseTerms, int> _places = new(ReferenceEqualityComparer.Instance);
    private int _ticketBytes;

    public BatchWriter(DaypassEventOptions options)
    {
        _options = options;
        _json = new Utf8JsonWriter(_buffer, Plain);
        _json.WriteStartObject();
        _json.WriteStartArray("events"u8);
    }

    /// <summary>Whether another event surely fits.</summary>
    public bool HasRoom => _json.BytesCommitted + _json.BytesPending + _ticketBytes + LongestEvent + Base64.GetMaxEncodedToUtf8Length(ReportProtocol.MaxTicketBytes) < ReportProtocol.MaxBatchBytes
        && _tickets.Count < ReportProtocol.MaxTickets;

    public void Write(DataEvent noted)
    {
        _json.WriteStartObject();
        _json.WriteNumber("ticket"u8, PlaceOf(noted.Terms));
        _json.WriteString("name"u8, NameOf(noted.Action));
        WriteText("resource"u8, ResourceOf(noted), ReportProtocol.MaxResource);
        if (noted.Owner.IsSet)
            _json.WriteString("owner"u8, noted.Owner.ToString());
        _json.WriteNumber("time"u8, noted.Time);
        if (noted.Facts.SourceIp is { } address)
            _json.WriteString("sourceIp"u8, address.ToString());
        WriteText("userAgent"u8, noted.Facts.UserAgent, ReportProtocol.MaxText);
        _json.WriteString("requestId"u8, EventText.Visible(noted.RequestId));
        _json.WriteNumber("status"u8, noted.IsOfUproject ? 200 : noted.Status is >= 100 and <= 599 ? noted.Status : 500);
        if (noted.IsOfUproject)
            _json.WriteString("dialect"u8, "uproject"u8);
        WriteOutcome(noted);
        _json.WriteBoolean("readOnly"u8, noted.IsReadOnly);
        _json.WriteEndObject();
    }

    /// <summary>The whole batch.</summary>
    public byte[] Finish(IReadOnlyList<DroppedEvents.Drop> drops)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("drops"u8);
        foreach (var drop in drops)
        {
            _json.WriteStartObject();
            _json.WriteNumber("ticket"u8, PlaceOf(drop.Terms));
            _json.WriteNumber("count"u8, drop.Count);
            _json.WriteNumber("from"u8, drop.From);
            _json.WriteNumber("until"u8, drop.Until);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteStartArray("tickets"u8);
        foreach (var ticket in _tickets)
            _json.WriteBase64StringValue(ticket);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private void WriteOutcome(DataEvent noted)
    {
        var (code, message) = noted.Refusal is { } refusal ? (refusal.Code, refusal.Sentence)
            : noted.Status < 400 ? (null, null)
            : noted.Failure ?? (ReasonPhrases.GetReasonPhrase(noted.Status), null);
        if (code is null)
            return;
        _json.WriteString("errorCode"u8, EventText.Code(code, noted.Status));
        WriteText("errorMessage"u8, message, ReportProtocol.MaxText);
    }

    private void WriteText(ReadOnlySpan<byte> name, string? text, int longest)
    {
        if (!string.IsNullOrEmpty(text))
            _json.WriteString(name, EventText.Plain(text, longest));
    }

    private string? ResourceOf(DataEvent noted)
    {
        if (noted.Resource == "*" || _options.ResourceName is not { } rename)
            return noted.Resource == "*" ? null : noted.Resource;
        try
        {
            return rename(noted.Resource);
        }
        catch (Exception)
        {
            // The service's own function: what it cannot name goes without a name, and neither the name nor the event is lost to the wrong side.
            return null;
        }
    }

    private static string NameOf(string? action) => action is null ? ReportProtocol.NoAction : EventText.Name(action[(action.IndexOf(':') + 1)..]);

    private int PlaceOf(LeaseTerms terms)
    {
        if (_places.TryGetValue(terms, out var place))
            return place;
        _tickets.Add(terms.Ticket!.Sealed);
        _ticketBytes += Base64.GetMaxEncodedToUtf8Length(terms.Ticket.Sealed.Length) + 3;
        return _places[terms] = _tickets.Count - 1;
    }
}
