namespace Daypass.Service.Pipeline;

/// <summary>A response with a new credential: the trail is searched by the key id of what was issued, as by the name of any other resource.</summary>
internal interface IIssuesCredentials : IShape
{
    string IssuedAccessKeyId { get; }
}
