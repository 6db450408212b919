using System.Buffers;
using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>
/// Builds the canonical request of Signature Version 4 in one buffer ("Create a canonical request", AWS IAM guide). It is made
/// from the raw request, never from decoded parts.
/// </summary>
internal static class CanonicalRequest
{
    private const string SignatureParameter = "X-Amz-Signature";
    private const string TokenParameter = "X-Amz-Security-Token";

    /// <summary>The SHA-256 of the canonical request, into 32 bytes.</summary>
    public static void Hash(SigV4Authorization authorization, in SignableRequest request, ReadOnlySpan<char> payloadHash, SigV4Rules rules, Span<byte> hash)
    {
        var buffer = new Utf8Buffer(stackalloc byte[2048]);
        Write(ref buffer, authorization, request, payloadHash, rules);
        SHA256.HashData(buffer.Written, hash);
        buffer.Dispose();
    }

    public static void Write(ref Utf8Buffer target, SigV4Authorization authorization, in SignableRequest request, ReadOnlySpan<char> payloadHash, SigV4Rules rules)
    {
        target.Add(request.Method);
        target.Add((byte)'\n');
        AddPath(ref target, request.Path, rules.IsS3);
        target.Add((byte)'\n');
        AddQuery(ref target, request.Query, authorization.IsQuery, rules.QueryTokenIsUnsigned);
        target.Add((byte)'\n');
        foreach (var name in authorization.SignedHeaderNames)
            AddHeader(ref target, name, request.Headers);
        target.Add((byte)'\n');
        target.Add(authorization.SignedHeaders);
        target.Add((byte)'\n');
        target.Add(payloadHash);
    }

    private static void AddPath(ref Utf8Buffer target, scoped ReadOnlySpan<char> path, bool isS3)
    {
        if (path.Length <= 1)
            target.Add((byte)'/');
        else if (isS3)
            UriEscaping.PathOnce(ref target, path);
        else
            AddNormalizedPath(ref target, path);
    }

    // Empty and "." segments vanish and ".." takes the one before it along. A final slash stays only if one was sent.
    private static void AddNormalizedPath(ref Utf8Buffer target, scoped ReadOnlySpan<char> path)
    {
        var root = target.Length;
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (segment is "" or ".")
                continue;
            if (segment is "..")
            {
                target.CutTo(root + Math.Max(0, target.Written[root..].LastIndexOf((byte)'/')));
                continue;
            }
            target.Add((byte)'/');
            UriEscaping.PathAgain(ref target, segment);
        }
        if (target.Length == root || path[^1] == '/')
            target.Add((byte)'/');
    }

    private static void AddHeader(ref Utf8Buffer target, string name, IRequestHeaders headers)
    {
        target.Add(name);
        target.Add((byte)':');
        for (int i = 0, count = headers.Count(name); i < count; i++)
        {
            if (i > 0)
                target.Add((byte)',');
            AddFolded(ref target, headers.Get(name, i));
        }
        target.Add((byte)'\n');
    }

    // Ends trimmed; runs of spaces, tabs and line folds inside become one space, within quotes too.
    private static void AddFolded(ref Utf8Buffer target, scoped ReadOnlySpan<char> value)
    {
        const string white = " \t\r\n";
        value = value.Trim(white);
        while (!value.IsEmpty)
        {
            var end = value.IndexOfAny(white);
            target.Add(end < 0 ? value : value[..end]);
            if (end < 0)
                return;
            target.Add((byte)' ');
            value = value[end..].TrimStart(white);
        }
    }

    private readonly record struct Parameter(int Start, int NameLength, int ValueLength);

    private static void AddQuery(ref Utf8Buffer target, scoped ReadOnlySpan<char> query, bool isQuerySigned, bool tokenIsUnsigned)
    {
        if (query.IsEmpty)
            return;
        var parameters = ArrayPool<Parameter>.Shared.Rent(query.Count('&') + 1);
        var escaped = ArrayPool<byte>.Shared.Rent(256);
        var scratch = new Utf8Buffer(escaped);
        var count = 0;
        while (QueryString.Next(ref query, out var name, out var value))
        {
            // Only a presigned URL has a signature there that cannot be part of itself; elsewhere it is a parameter as any other.
            if (isQuerySigned && (QueryString.Is(name, SignatureParameter) || (tokenIsUnsigned && QueryString.Is(name, TokenParameter))))
                continue;
            var start = scratch.Length;
            UriEscaping.QueryPart(ref scratch, name);
            var middle = scratch.Length;
            UriEscaping.QueryPart(ref scratch, value);
            parameters[count++] = new Parameter(start, middle - start, scratch.Length - middle);
        }
        AddSorted(ref target, scratch.Written, parameters.AsSpan(0, count));
        scratch.Dispose();
        ArrayPool<byte>.Shared.Return(escaped);
        ArrayPool<Parameter>.Shared.Return(parameters);
    }

    private static void AddSorted(ref Utf8Buffer target, ReadOnlySpan<byte> escaped, Span<Parameter> parameters)
    {
        if (parameters.Length > 1)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, escaped.Length));
            escaped.CopyTo(bytes);
            parameters.Sort(new ByNameThenValue(bytes));
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            var (start, name, value) = parameters[i];
            if (i > 0)
                target.Add((byte)'&');
            target.Add(escaped.Slice(start, name));
            target.Add((byte)'=');
            target.Add(escaped.Slice(start + name, value));
        }
    }

    private readonly struct ByNameThenValue(byte[] escaped) : IComparer<Parameter>
    {
        public int Compare(Parameter left, Parameter right)
        {
            var byName = escaped.AsSpan(left.Start, left.NameLength).SequenceCompareTo(escaped.AsSpan(right.Start, right.NameLength));
            return byName != 0 ? byName : Value(left).SequenceCompareTo(Value(right));
        }

        private ReadOnlySpan<byte> Value(Parameter parameter) => escaped.AsSpan(parameter.Start + parameter.NameLength, parameter.ValueLength);
    }
}
