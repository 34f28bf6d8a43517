//! How a store of objects is asked: by hyper, over TLS as the system trusts it.

use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use object_store::client::{
    ClientConfigKey, HttpClient, HttpConnector as Connect, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody,
    HttpResponse, HttpResponseBody, HttpService,
};
use object_store::{ClientOptions, Error, Result};
use std::time::Duration;

/// How long a connection is waited for,
const CONNECT: Duration = Duration::from_secs(5);
/// the head of an answer, which comes once the store has the whole request,
const HEAD: Duration = Duration::from_secs(60);
/// and how long one that nobody uses stays open.
const IDLE: Duration = Duration::from_secs(30);

/// Makes clients.
#[derive(Debug)]
pub struct Connector;

impl Connect for Connector {
    fn connect(&self, options: &ClientOptions) -> Result<HttpClient> {
        let plain = options.get_config_value(&ClientConfigKey::AllowHttp).is_some_and(|allowed| allowed == "true");
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        let roots = HttpsConnectorBuilder::new().with_native_roots();
        let tls = roots.map_err(|fault| Error::Generic { store: "TLS", source: Box::new(fault) })?;
        let tls = if plain { tls.https_or_http() } else { tls.https_only() };
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(tls.enable_http1().wrap_connector(tcp));
        Ok(HttpClient::new(Wire(client)))
    }
}

/// A client.
#[derive(Debug)]
struct Wire(Client<HttpsConnector<HttpConnector>, HttpRequestBody>);

#[async_trait::async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> std::result::Result<HttpResponse, HttpError> {
        let answer = tokio::time::timeout(HEAD, self.0.request(request)).await;
        let answer = answer.map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?;
        let answer = answer.map_err(|fault| {
            let kind = if fault.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
            HttpError::new(kind, fault)
        })?;
        let broken = |fault| HttpError::new(HttpErrorKind::Interrupted, fault);
        Ok(answer.map(|body| HttpResponseBody::new(body.map_err(broken))))
    }
}
