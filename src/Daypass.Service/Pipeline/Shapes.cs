namespace Daypass.Service.Pipeline;

/// <summary>A structure of a response. It says its members once; dialects and the audit record each write them their way.</summary>
internal interface IShape
{
    void Write(ShapeWriter writer);
}

/// <summary>A response whose record has something to add about it (<c>additionalEventData</c>).</summary>
internal interface IAddsToRecord
{
    IEnumerable<KeyValuePair<string, string>> Additions { get; }
}

/// <summary>The response of an action without output members.</summary>
internal sealed class Nothing : IShape
{
    public static readonly Nothing Instance = new();

    public void Write(ShapeWriter writer)
    {
    }
}

/// <summary>
/// Writes the members of a shape under the model's names. Null means absent, and absent members are omitted. What a writer does with a
/// secret or a policy document is its own affair: Query percent-encodes documents, the audit record leaves secrets out.
/// </summary>
internal abstract class ShapeWriter
{
    public abstract void Text(string name, string? value);

    public abstract void Number(string name, long? value);

    public abstract void Flag(string name, bool? value);

    public abstract void Time(string name, DateTimeOffset? value);

    public abstract void Structure(string name, IShape? value);

    public abstract void List(string name, IEnumerable<IShape>? values);

    public abstract void TextList(string name, IEnumerable<string>? values);

    /// <summary>A map of names to numbers.</summary>
    public abstract void NumberMap(string name, IEnumerable<KeyValuePair<string, long>> values);

    /// <summary>A map of names to texts.</summary>
    public abstract void TextMap(string name, IEnumerable<KeyValuePair<string, string>>? values);

    /// <summary>A policy document, which IAM's Query protocol sends percent-encoded.</summary>
    public virtual void Document(string name, string? value) => Text(name, value);

    /// <summary>A member of the trail's record only, under exactly this name.</summary>
    public virtual void ForRecord(string name, string value)
    {
    }

    /// <summary>A structure of the trail's record only.</summary>
    public virtual void ForRecord(string name, IShape value)
    {
    }

    /// <summary>A value that only the caller may see.</summary>
    public virtual void Secret(string name, string? value) => Text(name, value);
}
