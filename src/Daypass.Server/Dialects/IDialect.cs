using System.Buffers;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// A wire form: how a request names its action and parameters, and how an answer is written. Called by <see cref="ApiEndpoint"/>.
/// Dialects decide by what the request carries whether it is theirs.
/// </summary>
internal interface IDialect
{
    bool Speaks(HttpRequest request);

    /// <summary>The action and its parameters.</summary>
    /// <exception cref="ApiException">The request does not name an action that exists, or is malformed.</exception>
    (ApiAction Action, Parameters Parameters) Parse(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>Writes the answer's body and returns its content type.</summary>
    string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output);

    /// <summary>The HTTP status of an error in this dialect.</summary>
    int StatusOf(ApiError error) => error.Status;
}
