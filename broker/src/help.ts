/** The text of `--help`, at most 80 columns wide. */
export const help = `A broker that speaks the Kafka protocol, for development.

Usage: npx @msx/broker --data DIR [options]

Options:
  --data DIR               data directory, created if missing
  --host HOST              where to listen (default: 127.0.0.1)
  --port N                 port; 0 picks a free one (default: 9092)
  --advertised HOST[:PORT] the address that clients connect to
                           (default: where the broker listens)
  --node-id N              the id of the broker (default: 1)
  --default-partitions N   partitions of a topic that is created without a
                           number (default: 1)
  --listener URL           a further listener, as sasl_ssl://localhost:9095;
                           plaintext, ssl, sasl_plaintext or sasl_ssl; may be
                           repeated
  --users FILE             lines of user:password for SASL (default: the
                           environment variable MSX_BROKER_USERS)
  --sasl-mechanisms LIST   PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER
                           (default: all but OAUTHBEARER, whose tokens are
                           unsecured)
  --tls-cert FILE          certificate in PEM (default: one that is made for
                           development, DIR/tls/cert.pem)
  --tls-key FILE           its private key
  --tls-ca FILE            use mutual TLS: clients need a certificate of this CA
  -h, --help               show this text
  -v, --version            show the version

Environment:
  LOG_LEVEL                debug, info, warn or error (default: info)

Examples:
  A broker on port 9092:
    npx @msx/broker --data .kafka

  With a listener like production's, for the user "app":
    echo app:app-secret > users
    npx @msx/broker --data .kafka --users users \\
      --listener sasl_ssl://localhost:9095
`;
