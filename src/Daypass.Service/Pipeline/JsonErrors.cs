namespace Daypass.Service.Pipeline;

/// <summary>The shared errors of signature, authorization and form have other names in JSON services.</summary>
internal static class JsonErrors
{
    public static string CodeOf(ApiError error) => error.Code switch
    {
        "AccessDenied" => "AccessDeniedException",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "ExpiredToken" => "ExpiredTokenException",
        "SignatureDoesNotMatch" => "InvalidSignatureException",
        "IncompleteSignature" => "IncompleteSignatureException",
        "MissingAuthenticationToken" => "MissingAuthenticationTokenException",
        "ValidationError" => "ValidationException",
        "Throttling" => "ThrottlingException",
        "ConcurrentModification" => "ConcurrentModificationException",
        "MalformedInput" => "SerializationException",
        var other => other,
    };
}
