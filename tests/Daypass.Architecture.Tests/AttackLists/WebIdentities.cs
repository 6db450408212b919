namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>Tokens of OpenID Connect providers, their keys, and how a server is made to call somebody: the fact sheet's 2.5, 3.2 and 3.10.</summary>
internal static class WebIdentities
{
    public static readonly Attack[] All =
    [
        new("O1", "algorithm none, in any letter case, with and without a signature", "BrokenTokens \"alg none, no signature\"", "BrokenTokens \"alg nOnE\"", "BrokenTokens \"alg none with a good signature\""),
        new("O2", "HMAC keyed with the public key", "BrokenTokens \"HS256 keyed with the public key in PEM\"", "BrokenTokens \"HS256 keyed with the modulus\"", "BrokenTokens \"a symmetric key under the kid\""),
        new("O3", "an algorithm outside of the table, or another one than the key's", "BrokenTokens \"PS256 said to be RS256\"", "BrokenTokens \"a key for another algorithm\"", "BrokenTokens \"EdDSA\""),
        new("O4", "a key that the token brings along", "BrokenTokens \"own key brought along by jwk\"", "BrokenTokens \"own key brought along by jku\"", "BrokenTokens \"own key brought along by x5u\"", "BrokenTokens \"own key brought along by x5c\""),
        new("O5", "keys of one issuer used for another, and one kid at two issuers", "TokenAttacks.Keys_of_one_issuer_prove_nothing_for_another", "VendorTokenTests.A_key_that_says_that_it_is_another_issuers_proves_nothing"),
        new("O6", "a kid that is a path, SQL, or a megabyte", "BrokenTokens \"kid is a path\"", "BrokenTokens \"kid is SQL\"", "BrokenTokens \"kid of 5000 characters\""),
        new("O7", "no kid, where several keys fit", "BrokenTokens \"no kid where several fit\""),
        new("O8", "signatures of zeros, of the order, in DER, of another curve", "BrokenTokens \"ES256 psychic signature\"", "BrokenTokens \"ES256 r and s of the order\"", "BrokenTokens \"ES256 in DER\"", "BrokenTokens \"ES256 with the key of another curve\""),
        new("O9", "weak or broken keys", "BrokenTokens \"RSA of 1024 bits\"", "BrokenTokens \"RSA with exponent 1\"", "BrokenTokens \"RSA with an even modulus\"", "BrokenTokens \"EC point off its curve\""),
        new("O10", "keys that are for encrypting, or private", "BrokenTokens \"a key for encrypting\"", "BrokenTokens \"a key set with a private key\""),
        new("O11", "critical headers, unencoded payloads", "BrokenTokens \"crit\"", "BrokenTokens \"b64 false\""),
        new("O12", "encrypted tokens, compressed bombs, passwords of two thousand million rounds", "BrokenTokens \"a compressed bomb of an encrypted token\"", "BrokenTokens \"p2c of a password bomb\"", "BrokenTokens \"five parts, as encrypted\""),
        new("O13", "a token in a token", "BrokenTokens \"a token in a token\""),
        new("O14", "tokens of another kind: access, log-out, security events", "BrokenTokens \"typ of an access token\"", "BrokenTokens \"typ of a log-out token\"", "BrokenTokens \"typ of a security event\""),
        new("O15", "names twice, plainly or by escapes, in header and claims", "BrokenTokens \"duplicate alg by an escape\"", "BrokenTokens \"duplicate sub by an escape\"", "BrokenTokens \"duplicate iss\"", "BrokenTokens \"two letter cases of one claim\""),
        new("O16", "padding, white space, spare bits, another alphabet, more parts", "BrokenTokens \"padding\"", "BrokenTokens \"bits left over\"", "BrokenTokens \"the standard alphabet\"", "BrokenTokens \"four parts\""),
        new("O17", "text that is none: bad UTF-8, lone surrogates, NUL", "BrokenTokens \"claims that are not UTF-8\"", "BrokenTokens \"a lone surrogate\"", "BrokenTokens \"sub with a NUL\"", "TokenAttacks.A_subject_that_only_looks_like_another_is_another"),
        new("O18", "an issuer that is nearly the right one", "BrokenTokens \"iss with a slash\"", "BrokenTokens \"iss in capitals\"", "BrokenTokens \"iss with a port\"", "BrokenTokens \"iss in punycode look-alike\"", "BrokenTokens \"iss with a user\""),
        new("O19", "times that are texts, fractions, negative, endless, over, or to come", "BrokenTokens \"exp as a text\"", "BrokenTokens \"exp with an exponent\"", "BrokenTokens \"exp of 2^63\"", "BrokenTokens \"expires this second\"", "BrokenTokens \"issued in an hour\"", "BrokenTokens \"valid in an hour\""),
        new("O20", "a token for others: audience, authorized party", "BrokenTokens \"aud of another\"", "BrokenTokens \"azp of another\"", "BrokenTokens \"aud with a slash\"", "BrokenTokens \"aud nested\""),
        new("O21", "no subject, or one that is none", "BrokenTokens \"no sub\"", "BrokenTokens \"sub a number\"", "BrokenTokens \"sub of 300 characters\""),
        new("O22", "session tags beyond AWS's rules", "BrokenTokens \"51 tags\"", "BrokenTokens \"a tag of the system\"", "BrokenTokens \"tag keys in two letter cases\""),
        new("O23", "claims that would be keys of the system or of another issuer", "TokenAttacks.A_claim_cannot_pass_for_a_key_of_another_issuer_or_of_the_system"),
        new("O24", "large, deep and many: memory and work in proportion to what was sent", "TokenCosts.A_broken_token_costs_memory_in_proportion_to_its_length", "TokenCosts.A_key_set_that_is_a_bomb_costs_memory_in_proportion_to_what_is_read_and_verifies_nothing"),
        new("O25", "key sets and discovery documents that are bombs, HTML, or another issuer's", "KeyCacheTests.A_document_that_is_none_gives_no_keys", "DocumentFetcherTests.What_is_too_large_or_never_ends_is_given_up"),
        new("O26", "invented key ids that make the server call the issuer", "KeyCacheTests.Invented_key_ids_reach_the_issuer_at_a_rate_and_the_same_one_not_twice", "TokenAttacks.What_is_old_foreign_or_broken_costs_no_fetch"),
        new("O27", "a key that was withdrawn", "KeyCacheTests.A_new_key_is_found_at_once_and_a_withdrawn_one_goes_with_it", "KeyCacheTests.A_key_withdrawn_during_a_quiet_night_lets_nobody_in_in_the_morning"),
        new("O28", "a provider that is down, or hangs", "KeyCacheTests.An_outage_of_the_issuer_stops_nobody_until_its_keys_are_too_old", "KeyCacheTests.A_provider_that_hangs_has_one_fetch_and_a_bounded_crowd_and_others_do_not_notice"),
        new("O29", "registering an address inside: decimal, hexadecimal, octal, IPv6 in all its forms, metadata, local names", "ProviderActionTests.A_url_that_could_be_read_two_ways_or_leads_inside_is_refused"),
        new("O30", "being led inside later: names that resolve there, redirects", "DocumentFetcherTests.Nobody_at_a_private_address_is_called_by_whatever_name", "DocumentFetcherTests.A_redirect_is_not_followed", "FetcherDetours.A_name_is_asked_for_once_and_called_at_the_address_that_was_checked", "FetcherDetours.Of_several_addresses_of_a_name_those_that_may_not_be_called_are_not"),
        new("O31", "an issuer in the token that is called", "BrokenTokens \"iss is the metadata address\"", "PreviewTests.An_issuer_that_nobody_registered_is_not_called"),
        new("O32", "a provider's server that nobody vouches for", "DocumentFetcherTests.A_document_comes_from_a_server_that_is_vouched_for", "DocumentFetcherTests.A_certificate_for_another_name_counts_for_nothing", "KeyCacheTests.Keys_that_one_accounts_authority_vouched_for_do_not_serve_a_provider_that_has_another"),
        new("O33", "trusting everybody of an issuer that all share", "SharedIssuersTests.A_trust_in_any_of_them_is_reported_as_open_until_a_condition_names_whose", "ProviderActionTests.A_trust_policy_for_an_issuer_that_all_share_must_say_whose_tokens"),
        new("O34", "other people of the same vendor: tenants, guests, personal accounts, other applications", "VendorTokenTests.Others_whom_the_same_vendor_vouches_for_stay_out"),
        new("O35", "a session of this installation come back as somebody else", "TokenAttacks.A_token_of_this_installation_is_not_taken_back_whoever_registers_it", "TokenAttacks.Nor_under_an_address_that_another_node_has_or_that_it_had_before"),
        new("O36", "whether roles and accounts exist", "TokenAttacks.A_role_that_is_not_there_looks_as_one_that_trusts_nobody"),
        new("O37", "filling the trail, or trying without end", "TokenAttacks.Whoever_has_good_tokens_and_no_role_fills_no_trail", "TokenAttacks.A_source_that_is_denied_again_and_again_is_turned_away_however_good_its_tokens_are"),
        new("O38", "a preview that gives something away, or takes another token than the live call", "PreviewTests.Whatever_the_live_call_refuses_the_preview_refuses_with_the_same_code", "PreviewTests.Who_may_not_ask_is_told_nothing_and_makes_nobody_be_called", "PreviewTests.Nothing_is_issued_and_the_trail_has_who_asked_and_not_the_token"),
        new("O39", "a session that outlives its subject's dismissal", "RevokedSubjects.A_subjects_sessions_end_with_all_that_they_led_to_and_nobody_elses"),
        new("O40", "a provider's server that is asked by way of others: proxies, certificates to be fetched, documents to be unpacked", "FetcherDetours.A_proxy_of_the_process_is_not_used", "FetcherDetours.A_certificate_that_names_where_its_issuers_is_found_makes_nobody_be_called", "FetcherDetours.A_document_is_not_unpacked"),
    ];
}
