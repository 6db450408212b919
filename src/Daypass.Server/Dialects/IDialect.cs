using System.Buffers;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Server.Dialects;

/// <summary>
/// A wire form: how a request names its action and parameters, and how an answer is written. Called by <see cref="ApiEndpoint"/>.
/// Dialects decide by what the request carries whether it is theirs.
/// </summary>
internal interface IDialect
{
    /// <param name="request">The request.</param>
    /// <param name="body">Its whole body; empty also while it is not read yet, so that a refusal before that is written in some dialect.</param>
    bool Speaks(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>
    /// Whether a request whose body is not read may be this dialect's, which only the body would tell. A refusal that is certain by then looks at as much of
    /// it as has come already, so that its client can read the answer.
    /// </summary>
    bool MaySpeak(HttpRequest request) => false;

    /// <summary>Whether the request's method is one that the dialect has a use for; of all but GET and POST somebody must say so.</summary>
    bool Takes(HttpRequest request) => HttpMethods.IsPost(request.Method) || HttpMethods.IsGet(request.Method);

    /// <summary>The action and its parameters.</summary>
    /// <exception cref="ApiException">The request does not name an action that exists, or is malformed.</exception>
    ParsedCall Parse(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>Writes the answer's body and returns its content type.</summary>
    string Write(HttpRequest request, ApiAction? action, ApiAnswer answer, string requestId, IBufferWriter<byte> output);

    /// <summary>The HTTP status of an error in this dialect.</summary>
    int StatusOf(ApiError error) => error.Status;

    /// <summary>Whether its clients read no answer with a status other than 200, so that also what never arrived whole gets one.</summary>
    bool IsAlwaysOk => false;

    /// <summary>The response header with the request's id.</summary>
    string RequestIdHeader => "x-amzn-RequestId";
}

/// <summary>A request as its dialect understood it.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Parameters">With what, under the names that actions know.</param>
/// <param name="Uproject">What proves the caller, where it is not the signature of the HTTP request.</param>
internal readonly record struct ParsedCall(ApiAction Action, Parameters Parameters, UprojectRequest? Uproject = null);
