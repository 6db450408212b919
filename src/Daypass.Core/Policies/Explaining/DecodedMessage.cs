using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Daypass.Policies.Explaining;

/// <summary>What <c>sts:DecodeAuthorizationMessage</c> answers; see <see cref="Trace.ToDecodedMessage"/>.</summary>
internal sealed class DecodedMessage
{
    private readonly Trace _trace;
    private readonly TraceView _view;
    private readonly Visible _visible;
    private readonly Utf8JsonWriter _writer;

    private DecodedMessage(Trace trace, TraceView view, Utf8JsonWriter writer) =>
        (_trace, _view, _visible, _writer) = (trace, view, new Visible(trace, view), writer);

    /// <summary>How many bytes a text takes where it is kept.</summary>
    /// <param name="Of">From the text's UTF-8.</param>
    /// <param name="LeastPerStatement">What a statement of a trace takes at least.</param>
    public sealed record Measure(Func<ReadOnlySpan<byte>, int> Of, int LeastPerStatement);

    /// <summary>As it is.</summary>
    public static readonly Measure Plain = new(text => text.Length, LeastPerStatement: 70);

    public static string Write(Trace trace, TraceView view, int maxBytes, Measure measure)
    {
        ArrayBufferWriter<byte>? written = null;
        foreach (var form in Forms)
        {
            if (measure.LeastPerStatement * StatementsOf(trace, view, form.Trace) > maxBytes)
                continue;
            written = Write(trace, view, form);
            if (measure.Of(written.WrittenSpan) <= maxBytes)
                break;
        }
        return Encoding.UTF8.GetString(written!.WrittenSpan);
    }

    /// <summary>What a message may leave out, from whole to bare. The keys go before the last of the trace does, which quotes those that matter.</summary>
    private static readonly Form[] Forms =
    [
        new(TraceDetail.All), new(TraceDetail.Candidates), new(TraceDetail.Decisive), new(TraceDetail.Decisive, Keys: false),
        new(null, Keys: false), new(null, Keys: false, Statements: false),
    ];

    private sealed record Form(TraceDetail? Trace, bool Keys = true, bool Statements = true);

    // Of thousands of statements nothing is written that is sure not to fit: refusals must stay cheap.
    private static long StatementsOf(Trace trace, TraceView view, TraceDetail? detail)
    {
        var statements = new Visible(trace, view).Sets.SelectMany(set => set.Policies).SelectMany(policy => policy.Statements);
        return detail switch
        {
            TraceDetail.All => statements.LongCount(),
            TraceDetail.Candidates => statements.LongCount(statement => statement.FitsAction),
            _ => 0,
        };
    }

    private static ArrayBufferWriter<byte> Write(Trace trace, TraceView view, Form form)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        new DecodedMessage(trace, view, writer).Write(form);
        writer.Flush();
        return buffer;
    }

    private void Write(Form form)
    {
        var (detail, withKeys, withStatements) = form;
        _writer.WriteStartObject();
        _writer.WriteBoolean("allowed", _trace.Decision.IsAllowed);
        _writer.WriteBoolean("explicitDeny", _visible.IsReasonShown && _trace.Decision.Reason == DenialReason.ExplicitDeny);
        WriteItems<Statement>("matchedStatements", withStatements && _visible.Decisive is { } decisive ? [decisive.Statement] : [], WriteStatement);
        WriteItems<string>("failures", [], static _ => { });
        WriteContext(withKeys);
        if (detail is { } some)
        {
            _writer.WritePropertyName("trace");
            _trace.WriteTo(_writer, _view, some);
        }
        _writer.WriteEndObject();
    }

    private void WriteStatement(Statement statement)
    {
        _writer.WriteStartObject();
        _writer.WriteString("statementId", statement.Sid ?? "");
        _writer.WriteString("effect", statement.IsDeny ? "DENY" : "ALLOW");
        // A policy without principals speaks of whoever it is attached to.
        WriteValues("principals", statement.Principals.Count > 0 ? [.. statement.Principals.Select(principal => principal.Text)] : [PrincipalId]);
        WriteValues("principalGroups", []);
        WriteValues("actions", statement.Actions);
        WriteValues("resources", statement.Resources);
        WriteItems("conditions", statement.Conditions.ToArray(), condition =>
        {
            _writer.WriteStartObject();
            _writer.WriteString("operator", condition.Name.ToString());
            _writer.WriteString("key", condition.Key);
            WriteValues("values", condition.Values);
            _writer.WriteEndObject();
        });
        _writer.WriteEndObject();
    }

    private void WriteContext(bool withKeys)
    {
        var request = _trace.Request;
        _writer.WriteStartObject("context");
        _writer.WriteStartObject("principal");
        _writer.WriteString("id", PrincipalId);
        _writer.WriteString("arn", request.Principal.Arn);
        _writer.WriteEndObject();
        _writer.WriteString("action", request.Action);
        _writer.WriteString("resource", request.Resource);
        WriteItems<KeyValuePair<string, ContextValue>>("conditions", withKeys ? request.Context.All.OrderBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase) : [], WriteKey);
        _writer.WriteEndObject();
    }

    private void WriteKey(KeyValuePair<string, ContextValue> entry)
    {
        _writer.WriteStartObject();
        _writer.WriteString("key", entry.Key);
        WriteValues("values", entry.Value.Values);
        _writer.WriteEndObject();
    }

    /// <summary>The caller's unique id, for a session with its name behind it, as <c>aws:userid</c> has it.</summary>
    private string PrincipalId =>
        _trace.Request.Context.TryGet("aws:userid", out var id) && id.Single is { } text ? text : _trace.Request.Principal.UniqueId ?? _trace.Request.Principal.Arn;

    private void WriteValues(string name, IReadOnlyList<string> values) => WriteItems(name, values, value =>
    {
        _writer.WriteStartObject();
        _writer.WriteString("value", value);
        _writer.WriteEndObject();
    });

    private void WriteItems<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        _writer.WriteStartObject(name);
        _writer.WriteStartArray("items");
        foreach (var item in items)
            write(item);
        _writer.WriteEndArray();
        _writer.WriteEndObject();
    }
}
