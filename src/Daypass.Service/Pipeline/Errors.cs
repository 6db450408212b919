using Daypass.Signing;

namespace Daypass.Service.Pipeline;

/// <summary>The error catalogue: every refusal of the API, with AWS's codes, statuses and texts.</summary>
internal static class Errors
{
    // The protocol.
    public static ApiException InvalidAction(string action, string version) =>
        New("InvalidAction", 400, $"Could not find operation {Shorten(action)} for version {(version.Length == 0 ? "NO_VERSION_SPECIFIED" : Shorten(version))}");

    /// <summary>The same of a dialect without versions.</summary>
    public static ApiException UnknownAction(string action) => New("InvalidAction", 400, $"The action {Shorten(action)} does not exist.");

    /// <summary>A request without a signature, or without the key that signed.</summary>
    public static ApiException MissingSignature() => Signing("MissingAuthenticationToken", "Request is missing Authentication Token");

    /// <summary>An action of AWS that is left out on purpose: with AWS's code for what it does not know, and the reason.</summary>
    public static ApiException NotOffered(string action, string why) => New("InvalidAction", 400, $"{action} is not offered here: {why}");

    public static ApiException MissingAction() => New("MissingAction", 400, "The request must contain the parameter Action");

    /// <summary>A REST service's path that no action has.</summary>
    public static ApiException UnknownPath(string path) => New("UnknownOperationException", 404, $"There is no operation at the path {Shorten(path)}");

    public static ApiException WrongMethod(string path, string method, IEnumerable<string> methods) =>
        New("UnknownOperationException", 405, $"The path {path} takes {string.Join(" or ", methods)}, not {Shorten(method)}");

    public static ApiException MalformedInput(string message) => New("MalformedInput", 400, message);

    /// <summary>A parameter of which no value can be made.</summary>
    /// <param name="name">Its wire name.</param>
    public static ApiException MalformedParameter(string name, string message) => About(name, new ApiError("MalformedInput", 400, message));

    public static ApiException Signing(string code, string message) => New(code, StatusOfSigning(code), message);

    public static ApiException InvalidToken() => new(new ApiError("InvalidClientTokenId", 403, "The security token included in the request is invalid") { RetCode = RetCodes.WrongToken });

    public static ApiException UnknownKey() => New("InvalidClientTokenId", 403, "The security token included in the request is invalid.");

    public static ApiException ExpiredToken() => New("ExpiredToken", 403, "The security token included in the request is expired");

    /// <summary>With the code of a session that is over, which makes SDKs fetch a new one; the sentence begins as theirs for that does.</summary>
    public static ApiException RevokedToken(DateTimeOffset at) => New(
        "ExpiredToken", 403, $"The security token included in the request is expired: it was revoked at {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)}");

    public static ApiException SignatureDoesNotMatch() => New(
        "SignatureDoesNotMatch", 403,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");

    public static ApiException Throttling() => New("Throttling", 400, "Rate exceeded");

    public static ApiException InternalFailure(string detail) =>
        New("InternalFailure", 500, "The request processing has failed because of an unknown error, exception or failure.", detail);

    public static ApiException Unavailable(string message) => New("ServiceUnavailable", 503, message);

    public static ApiException StoreAway() => Unavailable("The database cannot be reached at the moment. If this was a change, it may have been made. Wait a second and try again.");

    // Parameters.
    public static ApiException Validation(params IReadOnlyList<Violation> violations) => new(new ApiError(
        "ValidationError", 400, $"{violations.Count} validation error{(violations.Count == 1 ? "" : "s")} detected: {string.Join("; ", violations.Select(violation => violation.Message))}")
    {
        Fields = violations,
    });

    public static ApiException ValidationError(string message) => New("ValidationError", 400, message);

    public static ApiException InvalidParameterValue(string message) => New("InvalidParameterValue", 400, message);

    public static ApiException InvalidInput(string message) => New("InvalidInput", 400, message);

    public static ApiException MalformedPolicyDocument(string message) => New("MalformedPolicyDocument", 400, message);

    /// <summary>The same for clients that look for the parameter's name.</summary>
    public static ApiException MalformedPolicyDocument(string message, string name) => About(name, new ApiError("MalformedPolicyDocument", 400, message));

    public static ApiException PackedPolicyTooLarge(int percent, string advice) => New(
        "PackedPolicyTooLarge", 400, $"Packed policy consumes {percent}% of allotted space, please use smaller policy. {advice}");

    // Authorization.
    public static ApiException AccessDenied(string callerArn, string action, string resource, string because, Denial? denial = null) =>
        new(new ApiError("AccessDenied", 403, $"User: {callerArn} is not authorized to perform: {action} on resource: {resource}{(because.Length == 0 ? "" : " ")}{because}")) { Denial = denial };

    /// <summary>A refusal with its encoded authorization message behind the sentence, as AWS's services that have one write it.</summary>
    public static ApiError Explained(ApiError error, string encodedMessage) =>
        error with { Message = $"{error.Message} Encoded authorization failure message: {encodedMessage}" };

    /// <summary>One answer for all that is no message for the caller: garbage, too old, of other keys, of other accounts.</summary>
    public static ApiException InvalidAuthorizationMessage() => New("InvalidAuthorizationMessageException", 400, "Message is not valid");

    // Federation. Which account or role there is does not show: only what the token's own sender can know.
    public static ApiException NotAuthorized(string action, Denial? denial = null) => new(new ApiError("AccessDenied", 403, $"Not authorized to perform {action}")) { Denial = denial };

    public static ApiException InvalidIdentityToken(string message, string? detail = null) => New("InvalidIdentityToken", 400, message, detail);

    public static ApiException NoOidcProvider(string issuer) =>
        new(new ApiError("InvalidIdentityToken", 400, $"No OpenIDConnect provider found in your account for {(issuer.All(character => character is > ' ' and <= '~') ? Shorten(issuer) : "the issuer of the token")}") { IsOfAbsence = true });

    public static ApiException NoSamlProvider() => new(new ApiError("InvalidIdentityToken", 400, "Specified provider doesn't exist.") { IsOfAbsence = true });

    public static ApiException IdpRejectedClaim() => New("IDPRejectedClaim", 403, "The identity provider has let nobody in: the status of its response is not Success.");

    /// <summary>One answer for an unknown user, a wrong password, and whatever else a directory has against somebody.</summary>
    public static ApiException WrongPassword(string reason) =>
        new(new ApiError("IDPRejectedClaim", 403, "The directory did not accept this user name and password.") { TrailReason = reason });

    public static ApiException TooManyPasswords(TimeSpan wait) =>
        New("Throttling", 400, $"Too many wrong passwords were given. Wait {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds and try again.");

    public static ApiException NoLdapProvider() => new(new ApiError("InvalidIdentityToken", 400, "Specified provider doesn't exist.") { IsOfAbsence = true });

    public static ApiException UsedIdentity() => New("InvalidIdentityToken", 400, "The assertion was used for this role before. Sign in at the identity provider again for another one.");

    public static ApiException WrongAudience() => new(new ApiError("InvalidIdentityToken", 400, "Incorrect token audience") { IsOfAbsence = true });

    public static ApiException ExpiredIdentity(string message) => New("ExpiredTokenException", 400, message);

    public static ApiException NoVerificationKey(string detail) => New(
        "InvalidIdentityToken", 400,
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements", detail);

    public static ApiException ProviderNotTrusted(string detail) => New("InvalidIdentityToken", 400, "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint", detail);

    public static ApiException ProviderAway(string detail) => New("IDPCommunicationError", 400, "The identity provider could not be reached. Try again.", detail);

    /// <summary>To whoever shows a certificate: what is wrong with it, or with its path.</summary>
    public static ApiException UntrustedCertificate(string reason) => AccessDenied($"Untrusted certificate. {reason}.");

    public static ApiException ResourceNotFound(string what) => new(new ApiError("ResourceNotFoundException", 404, $"The {what} cannot be found.") { IsOfAbsence = true });

    public static ApiException AccessDenied(string message) => New("AccessDenied", 403, message);

    // MFA, with AWS's sentences. Which of them it is says nothing about devices of others.
    public static ApiException HalfOfMfa() => AccessDenied("MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");

    public static ApiException UnknownMfaDevice() =>
        AccessDenied("MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.");

    public static ApiException WrongMfaCode() => AccessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code. ");

    public static ApiException TooManyMfaCodes(TimeSpan wait) => AccessDenied(
        $"MultiFactorAuthentication failed, too many invalid one time pass codes were given for this device. Wait {Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds and try again with the code shown then.");

    public static ApiException InvalidAuthenticationCode() => New("InvalidAuthenticationCode", 403, "Authentication code for device is not valid.");

    /// <summary>One answer for all that is no sign-in token: garbage, too old, of other keys, used before.</summary>
    public static ApiException InvalidSigninToken() => New("InvalidSigninToken", 400, "The sign-in token is not valid, has expired, or was used before. Get a new one.");

    // Web identity tokens.
    public static ApiException OutboundFederationDisabled(string message) => New("OutboundWebIdentityFederationDisabledException", 403, message);

    public static ApiException SessionDurationEscalation(string message) => New("SessionDurationEscalationException", 403, message);

    public static ApiException JwtPayloadSizeExceeded(int bytes, int most) => New(
        "JWTPayloadSizeExceededException", 400, $"The token's claims would take {bytes} bytes, and {most} is the most. Pass fewer or shorter tags, or fewer audiences.");

    public static ApiException FeatureEnabled(string message) => New("FeatureEnabled", 409, message);

    public static ApiException FeatureDisabled(string message) => New("FeatureDisabled", 404, message);

    // Entities.
    public static ApiException NoSuchUser(string name) => NoSuchEntity($"The user with name {name} cannot be found.", RetCodes.NoSuchUser);

    public static ApiException NoSuchGroup(string name) => NoSuchEntity($"The group with name {name} cannot be found.", RetCodes.NoSuchGroup);

    public static ApiException NoSuchRole(string name) => NoSuchEntity($"The role with name {name} cannot be found.", RetCodes.NoSuchRole);

    public static ApiException NoSuchPolicy(string message) => NoSuchEntity(message, RetCodes.NoSuchPolicy);

    public static ApiException NoSuchProject(string id) => NoSuchEntity($"Project [{Shorten(id)}] not exists", RetCodes.NoSuchProject);

    public static ApiException NoSuchEntity(string message, int? retCode = null) => new(new ApiError("NoSuchEntity", 404, message) { RetCode = retCode });

    public static ApiException EntityAlreadyExists(string message, int? retCode = null) => new(new ApiError("EntityAlreadyExists", 409, message) { RetCode = retCode });

    /// <summary>What was asked for is as it would be, or cannot be beside what there is.</summary>
    public static ApiException Conflict(string code, string message) => New(code, 409, message);

    public static ApiException DeleteConflict(string message) => New("DeleteConflict", 409, message);

    public static ApiException LimitExceeded(string message) => New("LimitExceeded", 409, message);

    public static ApiException QuotaExceeded(string quota, int limit) => LimitExceeded($"Cannot exceed quota for {quota}: {limit}");

    public static ApiException ConcurrentModification() => New(
        "ConcurrentModification", 409, "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again.");

    /// <summary>An error of a JSON service (Organizations, CloudTrail), whose codes end in "Exception".</summary>
    public static ApiException Service(string code, string message, int status = 400, string? reason = null) =>
        new(new ApiError(code, status, message) { Reason = reason });

    /// <summary>A refusal that a call got which is part of a larger step: the step is refused with it.</summary>
    public static ApiException Of(ApiError error) => new(error);

    /// <summary>A caller's text for an error: what was sent must not be a way to make the server repeat a megabyte.</summary>
    public static string Shorten(string text) => text.Length <= 256 ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[255]) ? 255 : 256), "...");

    /// <summary>A parameter of well-formed value that does not do.</summary>
    /// <param name="name">Its wire name.</param>
    public static ApiException BadParameter(string name, string message) => About(name, new ApiError("ValidationError", 400, message));

    /// <summary>A dialect that is open to https only.</summary>
    public static ApiException NeedsTls() => New("AccessDenied", 403, "The signature of this API can be used again by whoever reads it, so it is taken over https only.");

    private static ApiException About(string name, ApiError error) => new(error with { Fields = [new Violation(name, error.Message) { Parameter = name }] });

    private static ApiException New(string code, int status, string message, string? detail = null) => new(new ApiError(code, status, message), detail);

    private static int StatusOfSigning(string code) => code switch
    {
        "IncompleteSignature" => 400,
        "MalformedQueryString" => 404,
        _ => 403,
    };
}
